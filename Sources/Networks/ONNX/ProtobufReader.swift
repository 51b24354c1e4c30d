/// Reads the fields of one message in Protocol Buffers' wire format; what lies in a field is not touched until it is
/// asked for.
struct ProtobufReader {
    /// What is in a field; text and messages as where they lie in the file.
    enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        case fixed32(UInt32)
        case bytes(Range<Int>)
    }

    /// How numbers that are listed are written, one by one or several together.
    enum Kind {
        case varint, fixed64, fixed32, bytes
    }

    /// Readers of ONNX files go no deeper than a hundred messages.
    private static let depthLimit = 64

    private let file: UnsafeRawBufferPointer
    private var position: Int
    private let end: Int
    private let depth: Int

    init(_ file: UnsafeRawBufferPointer) {
        self.init(file, at: 0..<file.count)
    }

    init(_ file: UnsafeRawBufferPointer, at range: Range<Int>, depth: Int = 0) {
        self.file = file
        (position, end) = (range.lowerBound, range.upperBound)
        self.depth = depth
    }

    /// Where what has not been read yet lies in the file.
    var range: Range<Int> { position..<end }

    /// Reads the next field; `nil` at the message's end.
    mutating func next() throws(WeightFileError) -> (field: Int, value: Value)? {
        guard position < end else { return nil }
        let tag = try varint()
        guard let field = Int32(exactly: tag >> 3), field > 0 else { throw .unsound("it has a field without a number") }
        return (Int(field), try value(ofWireType: tag & 7))
    }

    /// The message in a field of this one.
    func message(_ value: Value) throws(WeightFileError) -> ProtobufReader {
        guard depth < Self.depthLimit else {
            throw .unsound("its messages lie more than \(Self.depthLimit) deep in one another")
        }
        return ProtobufReader(file, at: try bytes(value), depth: depth + 1)
    }

    func bytes(_ value: Value) throws(WeightFileError) -> Range<Int> {
        guard case .bytes(let range) = value else { throw .unsound("it has a number where a message should be") }
        return range
    }

    func text(_ value: Value) throws(WeightFileError) -> String {
        guard let text = String(validating: file[try bytes(value)], as: UTF8.self) else {
            throw .unsound("it has text that is not UTF-8")
        }
        return text
    }

    func integer(_ value: Value) throws(WeightFileError) -> Int {
        guard case .varint(let bits) = value else { throw .unsound("it has no integer where one should be") }
        return Int(Int64(bitPattern: bits))
    }

    /// One integer, or several in one field, as both are how a list of them is written.
    func integers(_ value: Value, limit: Int) throws(WeightFileError) -> [Int] {
        guard case .bytes(let range) = value else { return [try integer(value)] }
        guard range.count <= limit * 10 else { throw .unsound("it has a shape of \(range.count) bytes") }
        var (packed, integers) = (ProtobufReader(file, at: range), [Int]())
        while !packed.range.isEmpty { integers.append(Int(Int64(bitPattern: try packed.varint()))) }
        return integers
    }

    // MARK: Lists of numbers

    /// How many numbers are in one field of a list of them.
    func count(_ value: Value, _ kind: Kind) throws(WeightFileError) -> Int {
        switch (kind, value) {
        case (.varint, .varint), (.fixed32, .fixed32), (.fixed64, .fixed64), (.bytes, .bytes): return 1
        case (.fixed32, .bytes(let range)) where range.count.isMultiple(of: 4): return range.count / 4
        case (.fixed64, .bytes(let range)) where range.count.isMultiple(of: 8): return range.count / 8
        case (.varint, .bytes(let range)): return try varintCount(range)
        default: throw .unsound("it has a list of numbers that are written as others are")
        }
    }

    private func varintCount(_ range: Range<Int>) throws(WeightFileError) -> Int {
        var (packed, count) = (ProtobufReader(file, at: range), 0)
        while !packed.range.isEmpty {
            _ = try packed.varint()
            count += 1
        }
        return count
    }

    /// The numbers in one field of a list of them, each in its `size` lowest bytes.
    func appendNumbers(_ value: Value, _ kind: Kind, of size: Int, to bytes: inout [UInt8]) throws(WeightFileError) {
        switch value {
        case .varint(let number), .fixed64(let number): bytes.append(number, size)
        case .fixed32(let number): bytes.append(UInt64(number), size)
        case .bytes(let range) where kind != .varint: bytes += file[range]
        case .bytes(let range):
            var packed = ProtobufReader(file, at: range)
            while !packed.range.isEmpty { bytes.append(try packed.varint(), size) }
        }
    }

    // MARK: The wire format

    private mutating func value(ofWireType type: UInt64) throws(WeightFileError) -> Value {
        switch type {
        case 0: return .varint(try varint())
        case 1: return .fixed64(try fixed(UInt64.self))
        case 2: return .bytes(try skip(Int(clamping: try varint())))
        case 5: return .fixed32(try fixed(UInt32.self))
        default: throw .unsound("it has a field of the unknown wire type \(type)")
        }
    }

    private mutating func skip(_ count: Int) throws(WeightFileError) -> Range<Int> {
        guard count <= end - position else { throw .unsound("it has a field that is longer than what it lies in") }
        defer { position += count }
        return position..<position + count
    }

    private mutating func fixed<Integer: FixedWidthInteger>(_: Integer.Type) throws(WeightFileError) -> Integer {
        let range = try skip(MemoryLayout<Integer>.size)
        return Integer(littleEndian: file.loadUnaligned(fromByteOffset: range.lowerBound, as: Integer.self))
    }

    /// Seven bits a byte, the lowest first; at most ten bytes, of which the last has one bit.
    private mutating func varint() throws(WeightFileError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0 as UInt64, to: 70, by: 7) {
            guard position < end else { throw .unsound("it ends in the middle of a number") }
            let byte = UInt64(file[position])
            position += 1
            guard shift < 63 || byte <= 1 else { break }
            value |= (byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw .unsound("it has a number of more than 64 bits")
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ number: UInt64, _ size: Int) {
        Swift.withUnsafeBytes(of: number.littleEndian) { self += $0.prefix(size) }
    }
}
