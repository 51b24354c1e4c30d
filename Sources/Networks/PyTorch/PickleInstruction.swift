/// What an instruction of pickle's stack machine does, with its operands.
enum PickleInstruction {
    /// Where tuples, lists and dictionaries take their items from.
    enum Items {
        case last(Int)
        case sinceMark
    }

    case stop
    case skip
    case mark
    case pop
    case push(PickleValue)
    case tuple(Items)
    case append(Items)
    case setItems(Items)
    case put(Int)
    case putNext
    case get(Int)
    case global(module: String, name: String)
    case globalFromStack
    case persistentID
    case reduce
    case build
}

extension PickleInstruction {
    private typealias Decoder = @Sendable (inout ByteReader) throws(WeightFileError) -> PickleInstruction

    /// Reads one instruction; refuses those that PyTorch never writes.
    static func next(from reader: inout ByteReader) throws(WeightFileError) -> PickleInstruction {
        let code = try reader.integer(UInt8.self)
        guard let decode = decoders[code] else {
            throw .refused("its pickle has the unknown instruction \(code)")
        }
        return try decode(&reader)
    }

    /// By their codes, with their names in Python's `pickletools` where these say more.
    private static let decoders: [UInt8: Decoder] = [
        0x28: { _ in .mark },
        0x29: { _ in .tuple(.last(0)) },
        0x2E: { _ in .stop },
        0x30: { _ in .pop },
        0x42: bytes(UInt32.self),  // BINBYTES
        0x43: bytes(UInt8.self),  // SHORT_BINBYTES
        0x47: skipping(8, .push(.opaque)),  // BINFLOAT
        0x4A: integer(Int32.self),  // BININT
        0x4B: integer(UInt8.self),  // BININT1
        0x4D: integer(UInt16.self),  // BININT2
        0x4E: { _ in .push(.none) },
        0x51: { _ in .persistentID },  // BINPERSID
        0x52: { _ in .reduce },
        0x54: text(UInt32.self),  // BINSTRING
        0x55: text(UInt8.self),  // SHORT_BINSTRING
        0x58: text(UInt32.self),  // BINUNICODE
        0x5D: { _ in .push(.list(PickleList())) },
        0x61: { _ in .append(.last(1)) },
        0x62: { _ in .build },
        0x63: global,
        0x65: { _ in .append(.sinceMark) },  // APPENDS
        0x68: get(UInt8.self),  // BINGET
        0x6A: get(UInt32.self),  // LONG_BINGET
        0x71: put(UInt8.self),  // BINPUT
        0x72: put(UInt32.self),  // LONG_BINPUT
        0x73: { _ in .setItems(.last(2)) },  // SETITEM
        0x74: { _ in .tuple(.sinceMark) },
        0x75: { _ in .setItems(.sinceMark) },
        0x7D: { _ in .push(.dictionary(PickleDictionary())) },
        0x80: skipping(1, .skip),  // PROTO
        0x85: { _ in .tuple(.last(1)) },
        0x86: { _ in .tuple(.last(2)) },
        0x87: { _ in .tuple(.last(3)) },
        0x88: { _ in .push(.bool(true)) },
        0x89: { _ in .push(.bool(false)) },
        0x8A: long,  // LONG1
        0x8C: text(UInt8.self),  // SHORT_BINUNICODE
        0x93: { _ in .globalFromStack },
        0x94: { _ in .putNext },  // MEMOIZE
        0x95: skipping(8, .skip),  // FRAME
    ]

    // MARK: Operands

    private typealias Number = FixedWidthInteger & SendableMetatype

    private static func integer<N: Number>(_: N.Type) -> Decoder {
        { (reader) throws(WeightFileError) in .push(.int(Int(try reader.integer(N.self)))) }
    }

    private static func get<N: Number>(_: N.Type) -> Decoder {
        { (reader) throws(WeightFileError) in .get(Int(try reader.integer(N.self))) }
    }

    private static func put<N: Number>(_: N.Type) -> Decoder {
        { (reader) throws(WeightFileError) in .put(Int(try reader.integer(N.self))) }
    }

    private static func text<N: Number>(_: N.Type) -> Decoder {
        { (reader) throws(WeightFileError) in .push(.text(try reader.text(Int(try reader.integer(N.self))))) }
    }

    private static func bytes<N: Number>(_: N.Type) -> Decoder {
        { (reader) throws(WeightFileError) in
            _ = try reader.skip(Int(try reader.integer(N.self)))
            return .push(.opaque)
        }
    }

    private static func skipping(_ count: Int, _ instruction: @autoclosure @escaping @Sendable () -> Self) -> Decoder {
        { (reader) throws(WeightFileError) in
            _ = try reader.skip(count)
            return instruction()
        }
    }

    private static let global: Decoder = { (reader) throws(WeightFileError) in
        .global(module: try reader.line(), name: try reader.line())
    }

    /// Two's complement, least significant byte first. Only PyTorch's magic number is longer than eight bytes.
    private static let long: Decoder = { (reader) throws(WeightFileError) in
        let byteCount = Int(try reader.integer(UInt8.self))
        guard byteCount <= 16 else { throw .unsound("its pickle has a number of \(byteCount) bytes") }
        var value: Int128 = 0
        for place in 0..<byteCount { value |= Int128(try reader.integer(UInt8.self)) << Int128(8 * place) }
        if byteCount > 0, byteCount < 16, value >> Int128(8 * byteCount - 1) & 1 == 1 {
            value -= 1 << Int128(8 * byteCount)
        }
        return .push(Int(exactly: value).map(PickleValue.int) ?? .text(String(value, radix: 16)))
    }
}
