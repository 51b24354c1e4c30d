/// The sizes and place of a zip archive's file, where a full field stands for one in the extra field of large files.
struct ZipSizes: Equatable {
    private static let full = 0xFFFF_FFFF
    private static let zip64 = 1

    private(set) var size: Int
    private(set) var compressedSize: Int
    /// Of the file's own header, which does not say.
    private(set) var offset = 0

    init(central header: ZipRecord, extra: UnsafeRawBufferPointer) throws(ArchiveError) {
        (size, compressedSize, offset) = (header.uint32(24), header.uint32(20), header.uint32(42))
        try complete(from: extra)
    }

    init(local header: ZipRecord, extra: UnsafeRawBufferPointer) throws(ArchiveError) {
        (size, compressedSize) = (header.uint32(22), header.uint32(18))
        try complete(from: extra)
    }

    private mutating func complete(from extra: UnsafeRawBufferPointer) throws(ArchiveError) {
        guard size == Self.full || compressedSize == Self.full || offset == Self.full else { return }
        var numbers = Self.numbers(in: extra)
        for field in [\Self.size, \.compressedSize, \.offset] where self[keyPath: field] == Self.full {
            guard let number = numbers.popFirst() else { throw .unsound("a large file of it does not say its size") }
            self[keyPath: field] = number
        }
    }

    /// The numbers of the extra field of large files, in the order in which they complete full fields.
    private static func numbers(in extra: UnsafeRawBufferPointer) -> ArraySlice<Int> {
        var rest = extra[...]
        while rest.count >= 4 {
            let (kind, length) = (rest.uint16(0), rest.uint16(2))
            rest = rest.dropFirst(4)
            guard kind != zip64 else { return rest.prefix(length).uint64s }
            rest = rest.dropFirst(length)
        }
        return []
    }
}

extension Slice<UnsafeRawBufferPointer> {
    fileprivate func uint16(_ offset: Int) -> Int {
        Int(UInt16(littleEndian: base.loadUnaligned(fromByteOffset: startIndex + offset, as: UInt16.self)))
    }

    fileprivate var uint64s: ArraySlice<Int> {
        stride(from: startIndex, through: endIndex - 8, by: 8).map {
            Int(clamping: UInt64(littleEndian: base.loadUnaligned(fromByteOffset: $0, as: UInt64.self)))
        }[...]
    }
}
