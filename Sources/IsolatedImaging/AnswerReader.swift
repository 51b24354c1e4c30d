import Subprocess

/// Puts a child's answers together from what comes through a pipe.
struct AnswerReader {
    private struct BrokeOff: Error {}

    private var pipe: SubprocessOutputSequence.Iterator
    private let byteLimit: Int
    /// What came behind the last answer.
    private var rest: [UInt8] = []

    /// Answers are no longer than the limit.
    init(_ output: SubprocessOutputSequence, byteLimit: Int) {
        (pipe, self.byteLimit) = (output.makeAsyncIterator(), byteLimit)
    }

    /// Throws where the child ends before it has answered, or answers more than a picture can have.
    mutating func next() async throws -> Message<DecodingAnswer> {
        let lengths = MessageLengths(try await take(MessageLengths.byteCount))
        guard lengths.total <= byteLimit else { throw BrokeOff() }
        return try Message(try await take(lengths.total), lengths)
    }

    private mutating func take(_ count: Int) async throws -> ArraySlice<UInt8> {
        rest.reserveCapacity(count)
        while rest.count < count {
            guard let more = try await pipe.next() else { throw BrokeOff() }
            more.withUnsafeBytes { rest += $0 }
        }
        let taken = rest[..<count]
        rest = Array(rest[count...])
        return taken
    }
}
