/// A record of a zip file; its fields are little-endian and known by their offsets (APPNOTE.TXT, section 4.3).
struct ZipRecord {
    /// The records by their signatures.
    enum Kind: UInt32 {
        case localHeader = 0x0403_4B50
        case centralHeader = 0x0201_4B50
        case end = 0x0605_4B50
        case end64 = 0x0606_4B50
        case locator64 = 0x0706_4B50

        /// Without what varies in length: names, extra fields and comments.
        var size: Int {
            switch self {
            case .localHeader: 30
            case .centralHeader: 46
            case .end: 22
            case .end64: 56
            case .locator64: 20
            }
        }
    }

    private let bytes: UnsafeRawBufferPointer

    /// `nil` unless a record of this kind lies whole at this place.
    init?(_ kind: Kind, at offset: Int, in file: UnsafeRawBufferPointer) {
        guard 0 <= offset, offset <= file.count - kind.size else { return nil }
        bytes = UnsafeRawBufferPointer(rebasing: file[offset..<offset + kind.size])
        guard integer(0, as: UInt32.self) == kind.rawValue else { return nil }
    }

    func uint16(_ offset: Int) -> Int { Int(integer(offset, as: UInt16.self)) }
    func uint32(_ offset: Int) -> Int { Int(integer(offset, as: UInt32.self)) }

    /// What no file can be long enough for is `Int.max`, which fails every comparison with the file's length.
    func uint64(_ offset: Int) -> Int { Int(clamping: integer(offset, as: UInt64.self)) }

    private func integer<Integer: FixedWidthInteger>(_ offset: Int, as: Integer.Type) -> Integer {
        Integer(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Integer.self))
    }
}
