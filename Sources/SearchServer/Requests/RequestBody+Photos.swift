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
        guard let bytes = try await collected(upTo: limit) else {
            throw Problem(.tooLarge, "The body is too large: up to \(limit / 1_000_000) MB are taken.")
        }
        guard !bytes.isEmpty else { return SentBody() }
        return try sent(bytes)
    }

    /// The body; `nil` where it is larger. What is still to come of such is dropped by the connection, for a while.
    private func collected(upTo limit: Int) async throws -> [UInt8]? {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { return nil }
        var bytes: [UInt8] = []
        for try await chunk in body {
            guard bytes.count + chunk.readableBytes <= limit else { return nil }
            bytes += chunk.readableBytesView
        }
        return bytes
    }

    private func sent(_ bytes: [UInt8]) throws(Problem) -> SentBody {
        let type = headers[.contentType]?.lowercased() ?? "application/octet-stream"
        if type.hasPrefix("multipart/") {
            guard let boundary = Multipart.boundary(in: headers[.contentType] ?? "") else {
                throw Problem(.wrongKind, "A multipart body must be multipart/form-data with a boundary.")
            }
            return try SentBody(Multipart(bytes, boundary: boundary))
        }
        guard type.hasPrefix("image/") || type.hasPrefix("application/octet-stream") else {
            throw Problem(
                .wrongKind,
                "Send a photo as image/… or application/octet-stream, or several as multipart/form-data, and not as \(type.prefix(80))."
            )
        }
        return SentBody(photos: [SentBody.wholeBody: bytes])
    }
}

extension SentBody {
    fileprivate init(_ multipart: Multipart) throws(Problem) {
        for part in multipart.parts {
            if part.isFile {
                guard photos.updateValue(Array(part.contents), forKey: part.name) == nil else {
                    throw Problem(
                        .badRequest, "Two photos are called “\(part.name.prefix(40))”: give each a name of its own.")
                }
            } else {
                fields.append((part.name, String(decoding: part.contents, as: UTF8.self)))
            }
        }
    }
}
