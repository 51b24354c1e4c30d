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

    /// How much of a body that is too large is read and dropped, so that whoever sends it gets to hear why.
    private static let droppedBytes = 100_000_000
    private static let patience = Duration.seconds(2)

    /// The body; `nil` where it is larger.
    private func collected(upTo limit: Int) async throws -> [UInt8]? {
        let isTooLarge = headers[.contentLength].flatMap { Int($0) }.map { $0 > limit } ?? false
        var (bytes, dropped, since) = ([UInt8]?.some([]), 0, ContinuousClock.now)
        if isTooLarge { bytes = nil }
        for try await chunk in body {
            if let count = bytes?.count, count + chunk.readableBytes <= limit {
                bytes? += chunk.readableBytesView
                since = .now
            } else {
                bytes = nil
                dropped += chunk.readableBytes
                if dropped > Self.droppedBytes || since.duration(to: .now) > Self.patience { break }
            }
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
