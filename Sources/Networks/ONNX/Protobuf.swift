/// Writes Protocol Buffers' wire format, as much of it as an ONNX model needs.
struct Protobuf {
    private(set) var bytes: [UInt8] = []

    private enum WireType: UInt64 {
        case varint = 0
        case lengthDelimited = 2
        case fixed32 = 5
    }

    mutating func write(_ value: Int, field: Int) {
        writeTag(field, .varint)
        writeVarint(UInt64(bitPattern: Int64(value)))
    }

    mutating func write(_ value: Float, field: Int) {
        writeTag(field, .fixed32)
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
    }

    mutating func write(_ text: String, field: Int) {
        write(Array(text.utf8), field: field)
    }

    mutating func write(_ message: Protobuf, field: Int) {
        write(message.bytes, field: field)
    }

    mutating func write(_ content: some Collection<UInt8>, field: Int) {
        writeTag(field, .lengthDelimited)
        writeVarint(UInt64(content.count))
        bytes += content
    }

    private mutating func writeTag(_ field: Int, _ type: WireType) {
        writeVarint(UInt64(field) << 3 | type.rawValue)
    }

    private mutating func writeVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
