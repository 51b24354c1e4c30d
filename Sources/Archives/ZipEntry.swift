extension ZipArchive {
    /// A file in an archive, as the archive's directory and the file's own header agree that it is.
    public struct Entry: Sendable {
        enum Method: Hashable {
            case stored
            case deflated
            case other(Int)
        }

        /// As the archive has it, with slashes; nobody has checked that it would be a safe path.
        public let name: String
        /// The bytes that it has when it is taken out.
        public let size: Int
        let method: Method
        let isEncrypted: Bool
        let checksum: UInt32
        /// Where its bytes lie in the archive, compressed or not.
        let range: Range<Int>
        /// Where its own header begins.
        let start: Int
    }
}

extension ZipArchive.Entry {
    private static let sizesFollow = 1 << 3
    /// Encrypted, strongly encrypted, and with a header whose values are masked.
    private static let encryption = 1 << 0 | 1 << 6 | 1 << 13

    /// Reads the record at `position` of the directory, and moves on to the next.
    init(at position: inout Int, of directory: ZipDirectory, in file: UnsafeRawBufferPointer) throws(ArchiveError) {
        guard let header = ZipRecord(.centralHeader, at: position, in: file) else {
            throw .unsound("its directory ends too early")
        }
        let nameStart = position + ZipRecord.Kind.centralHeader.size
        let extraStart = nameStart + header.uint16(28)
        let commentStart = extraStart + header.uint16(30)
        position = commentStart + header.uint16(32)
        guard position <= directory.range.upperBound else { throw .unsound("its directory ends too early") }

        let sizes = try ZipSizes(central: header, extra: .init(rebasing: file[extraStart..<commentStart]))
        let data = try Self.data(of: header, named: file[nameStart..<extraStart], sizes, in: file)
        guard data <= directory.offset, sizes.compressedSize <= directory.offset - data else {
            throw .unsound("a file of it does not lie before its directory")
        }
        guard let name = String(validating: file[nameStart..<extraStart], as: UTF8.self) else {
            throw .unsound("the name of a file in it is not UTF-8")
        }
        self.name = name
        size = sizes.size
        method = Method(header.uint16(10))
        isEncrypted = header.uint16(8) & Self.encryption != 0
        checksum = UInt32(header.uint32(16))
        range = data..<data + sizes.compressedSize
        start = sizes.offset
        guard method != .stored || isEncrypted || size == range.count else {
            throw .unsound("“\(name)” in it has two sizes, though it is not compressed")
        }
    }

    /// Where a file's bytes begin, once its own header has said the same as the directory.
    private static func data(
        of central: ZipRecord, named name: Slice<UnsafeRawBufferPointer>, _ sizes: ZipSizes,
        in file: UnsafeRawBufferPointer
    ) throws(ArchiveError) -> Int {
        guard let local = ZipRecord(.localHeader, at: sizes.offset, in: file) else {
            throw .unsound("a file of it is not where its directory says")
        }
        let nameStart = sizes.offset + ZipRecord.Kind.localHeader.size
        let extraStart = nameStart + local.uint16(26)
        let data = extraStart + local.uint16(28)
        guard data <= file.count, file[nameStart..<extraStart].elementsEqual(name),
            local.uint16(8) == central.uint16(10), local.uint16(6) & encryption == central.uint16(8) & encryption
        else { throw .unsound("a file of it is another than its directory says") }
        guard local.uint16(6) & sizesFollow == 0 else { return data }
        let own = try ZipSizes(local: local, extra: .init(rebasing: file[extraStart..<data]))
        guard own.size == sizes.size, own.compressedSize == sizes.compressedSize, local.uint32(14) == central.uint32(16)
        else { throw .unsound("a file of it has another size or checksum than its directory says") }
        return data
    }
}

extension ZipArchive.Entry.Method {
    fileprivate init(_ number: Int) {
        switch number {
        case 0: self = .stored
        case 8: self = .deflated
        default: self = .other(number)
        }
    }
}
