import Foundation

/// What parent and child tell each other: a head in JSON, and bytes that nobody looks into on the way.
struct Message<Head: Codable & Sendable>: Sendable {
    let head: Head
    let body: [UInt8]

    /// As it goes through a pipe: the lengths of both, then both.
    var bytes: [UInt8] {
        get throws {
            let head = try JSONEncoder().encode(head)
            let lengths = MessageLengths(head: UInt32(head.count), body: UInt32(body.count))
            return lengths.bytes + head + body
        }
    }

    init(_ head: Head, body: [UInt8] = []) { (self.head, self.body) = (head, body) }

    /// Takes what comes behind the lengths.
    init(_ bytes: ArraySlice<UInt8>, _ lengths: MessageLengths) throws {
        head = try JSONDecoder().decode(Head.self, from: Data(bytes.prefix(Int(lengths.head))))
        body = Array(bytes.dropFirst(Int(lengths.head)))
    }
}

/// Begins each message.
struct MessageLengths {
    static let byteCount = 8

    let head: UInt32
    let body: UInt32

    /// Of both together.
    var total: Int { Int(head) + Int(body) }

    var bytes: [UInt8] {
        [head, body].flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
    }

    init(head: UInt32, body: UInt32) { (self.head, self.body) = (head, body) }

    /// From `byteCount` bytes.
    init(_ bytes: ArraySlice<UInt8>) {
        let values = stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { start in
            (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << ($1 * 8) }
        }
        (head, body) = (values[0], values[1])
    }
}
