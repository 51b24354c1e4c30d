/// Reads a file's bytes from front to back and never beyond its end.
struct ByteReader {
    /// Lines are names, and those of classes are short.
    private static let longestLine = 1000

    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var remaining: Int { bytes.count - position }

    mutating func skip(_ count: Int) throws(WeightFileError) -> Range<Int> {
        guard 0 <= count, count <= remaining else { throw .unsound("it ends in the middle") }
        defer { position += count }
        return position..<position + count
    }

    mutating func integer<Integer: FixedWidthInteger>(_: Integer.Type) throws(WeightFileError) -> Integer {
        let range = try skip(MemoryLayout<Integer>.size)
        return Integer(littleEndian: bytes.loadUnaligned(fromByteOffset: range.lowerBound, as: Integer.self))
    }

    mutating func text(_ count: Int) throws(WeightFileError) -> String {
        guard let text = String(validating: bytes[try skip(count)], as: UTF8.self) else {
            throw .unsound("it has text that is not UTF-8")
        }
        return text
    }

    /// Text up to the next line feed, which is read too.
    mutating func line() throws(WeightFileError) -> String {
        guard let length = bytes[position...].prefix(Self.longestLine).firstIndex(of: 0x0A).map({ $0 - position })
        else { throw .unsound("it ends in the middle of a line, or has one that is too long") }
        let line = try text(length)
        _ = try skip(1)
        return line
    }
}
