import Testing

@testable import Archives
@testable import Networks

/// Against the examples of protobuf.dev/programming-guides/encoding, and bytes worked out by hand.
@Suite struct ProtobufReaderTests {
    @Test(arguments: [
        ([0x08, 0x00], 0), ([0x08, 0x01], 1), ([0x08, 0x7F], 127), ([0x08, 0x96, 0x01], 150),
        ([0x08, 0x80, 0x00], 0), ([0x08] + [UInt8](repeating: 0xFF, count: 9) + [0x01], -1),
        ([0x08] + [UInt8](repeating: 0xFF, count: 8) + [0x7F], .max),
    ])
    func readsIntegersInSevenBitGroups(bytes: [UInt8], value: Int) throws {
        #expect(try first(bytes) { reader, content in try reader.integer(content) } == value)
    }

    @Test func readsTextWithItsLength() throws {
        let bytes = [0x12, 0x07] + Array("testing".utf8)
        #expect(try first(bytes) { reader, content in try reader.text(content) } == "testing")
    }

    @Test func readsMessagesInMessages() throws {
        let inner = try first([0x1A, 0x03, 0x08, 0x96, 0x01]) { reader, content in
            var message = try reader.message(content)
            return try #require(try message.next()).field
        }
        #expect(inner == 1)
    }

    /// A list, packed into one field: 3, 270, 86942.
    @Test func readsPackedIntegers() throws {
        let bytes: [UInt8] = [0x22, 0x06, 0x03, 0x8E, 0x02, 0x9E, 0xA7, 0x05]
        #expect(try first(bytes) { try $0.integers($1, limit: 3) } == [3, 270, 86_942])
        #expect(try first(bytes) { try $0.count($1, .varint) } == 3)
    }

    @Test func endsWhereItsMessageEnds() throws {
        let block = MemoryBlock([])
        var reader = ProtobufReader(block.bytes)
        #expect(try reader.next() == nil)
    }

    @Test(arguments: [
        [0x08], [0x08, 0x80], [0x0A, 0x01], [0x0D, 0, 0, 0], [0x09, 0, 0, 0, 0, 0, 0, 0], [0x0B], [0x0F, 0], [0x00, 0],
        [0x08] + [UInt8](repeating: 0x80, count: 9) + [0x02], [0x08] + [UInt8](repeating: 0xFF, count: 11),
        [0x0A] + [UInt8](repeating: 0xFF, count: 9) + [0x01], [0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 0],
    ])
    func refusesWhatNoWriterWrites(bytes: [UInt8]) {
        #expect(throws: WeightFileError.self) { try first(bytes) { _, _ in } }
    }

    private func first<Value>(_ bytes: [UInt8], _ read: (ProtobufReader, ProtobufReader.Value) throws -> Value) throws
        -> Value
    {
        let block = MemoryBlock(bytes)
        var reader = ProtobufReader(block.bytes)
        let field = try #require(try reader.next())
        return try read(reader, field.value)
    }
}
