import Testing

@testable import Networks

/// Against the examples of protobuf.dev/programming-guides/encoding, and bytes worked out by hand.
@Suite struct ProtobufTests {
    @Test(arguments: [
        (0, [0x08, 0x00]), (1, [0x08, 0x01]), (127, [0x08, 0x7F]), (128, [0x08, 0x80, 0x01]),
        (150, [0x08, 0x96, 0x01]),
        (16_384, [0x08, 0x80, 0x80, 0x01]), (-1, [0x08] + [UInt8](repeating: 0xFF, count: 9) + [0x01]),
        (.max, [0x08] + [UInt8](repeating: 0xFF, count: 8) + [0x7F]),
        (.min, [0x08] + [UInt8](repeating: 0x80, count: 9) + [0x01]),
    ])
    func writesIntegersInSevenBitGroups(value: Int, bytes: [UInt8]) {
        #expect(written { $0.write(value, field: 1) } == bytes)
    }

    @Test(arguments: [(1, [0x0A]), (15, [0x7A]), (16, [0x82, 0x01]), (2048, [0x82, 0x80, 0x01])])
    func writesTheFieldBeforeItsContent(field: Int, tag: [UInt8]) {
        #expect(written { $0.write("", field: field) } == tag + [0])
    }

    @Test func writesTextWithItsLength() {
        #expect(written { $0.write("testing", field: 2) } == [0x12, 0x07] + Array("testing".utf8))
        #expect(written { $0.write("é", field: 2) } == [0x12, 0x02, 0xC3, 0xA9])
        #expect(written { $0.write([UInt8](repeating: 7, count: 300), field: 1) }.prefix(4) == [0x0A, 0xAC, 0x02, 7])
    }

    @Test func writesFloatsInFourBytes() {
        #expect(written { $0.write(Float(1), field: 2) } == [0x15, 0, 0, 0x80, 0x3F])
        #expect(written { $0.write(Float(-0.5), field: 2) } == [0x15, 0, 0, 0, 0xBF])
    }

    @Test func writesMessagesInMessages() {
        var inner = Protobuf()
        inner.write(150, field: 1)
        #expect(written { $0.write(inner, field: 3) } == [0x1A, 0x03, 0x08, 0x96, 0x01])
        #expect(written { $0.write(Protobuf(), field: 3) } == [0x1A, 0x00])
    }

    private func written(_ write: (inout Protobuf) -> Void) -> [UInt8] {
        var message = Protobuf()
        write(&message)
        return message.bytes
    }
}
