import Foundation
import Hummingbird

/// One of the events that browsers listen to (HTML standard, section 9.2).
struct ServerSentEvent {
    let bytes: ByteBuffer

    init(_ event: Refreshing.Event) throws {
        switch event {
        case .progress(let state): bytes = try Self.bytes("progress", state)
        case .skipped(let file): bytes = try Self.bytes("skipped", file)
        case .done(let state): bytes = try Self.bytes("done", state)
        }
    }

    /// JSON has no line breaks that are not escaped.
    private static func bytes(_ name: String, _ value: some Encodable) throws -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        let data = try encoder.encode(value)
        return ByteBuffer(bytes: Data("event: \(name)\ndata: ".utf8) + data + Data("\n\n".utf8))
    }
}
