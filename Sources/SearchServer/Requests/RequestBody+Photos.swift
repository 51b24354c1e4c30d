import Hummingbird
import NIOCore

/// What a body brought.
struct SentBody: Sendable {
    /// By the names that a query calls them by.
    var photos: [String: [UInt8]] = [:]
    /// Parameters that came as parts.
    var fields: [(name: String, value: String)] = []

    /// The name of a photo that is the whole body.
    static let wholeBody = "upload"
}

extension Request {
    /// Reads the body: a photo, or several and parameters in parts, or nothing.
    func sent(upTo limit: Int) async throws -> SentBody {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw Self.tooLarge(limit) }
        let bytes: [UInt8]
        do {
            bytes = Array(buffer: try await body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw Self.tooLarge(limit)
        }
        guard !bytes.isEmpty else { return SentBody() }
        return try sent(bytes)
    }

    private func sent(_ bytes: [UInt8]) throws(Problem) -> SentBody {
        let type = headers[.contentType]?.lowercased() ?? "application/octet-stream"
        if type.hasPrefix("multipart/") {
            guard let boundary = Multipart.boundary(in: headers[.contentType] ?? "") else {
                throw Problem(.wrongKind, "A multipart body must be multipart/form-data with a boundary.")
            }
            return SentBody(try Multipart(bytes, boundary: boundary))
        }
        guard type.hasPrefix("image/") || type.hasPrefix("application/octet-stream") else {
            throw Problem(
                .wrongKind,
                "Send a photo as image/… or application/octet-stream, or several as multipart/form-data, and not as \(type.prefix(80))."
            )
        }
        return SentBody(photos: [SentBody.wholeBody: bytes])
    }

    private static func tooLarge(_ limit: Int) -> Problem {
        Problem(.tooLarge, "The body is too large: up to \(limit / 1_000_000) MB are taken.")
    }
}

extension SentBody {
    fileprivate init(_ multipart: Multipart) {
        for part in multipart.parts {
            if part.isFile {
                photos[part.name] = Array(part.contents)
            } else {
                fields.append((part.name, String(decoding: part.contents, as: UTF8.self)))
            }
        }
    }
}
