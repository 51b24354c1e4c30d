/// Where the end of a zip file says that its central directory lies, in both of the records that may say so.
struct ZipDirectory: Equatable {
    private static let longestComment = 0xFFFF

    let count: Int
    let offset: Int
    let size: Int

    /// Nothing may lie between the directory and the records of the file's end: other readers could take it for one.
    init(of file: UnsafeRawBufferPointer) throws(ArchiveError) {
        let position = try Self.endRecord(of: file)
        guard let end = ZipRecord(.end, at: position, in: file) else { throw .unsound("it has no end") }
        guard end.uint16(4) == 0, end.uint16(6) == 0, end.uint16(8) == end.uint16(10) else {
            throw .unsound("it is one of several volumes")
        }
        let classic = Self(count: end.uint16(10), offset: end.uint32(16), size: end.uint32(12))
        let (directory, edge) = try Self.zip64(before: position, of: file) ?? (classic, position)
        guard classic.agrees(with: directory) else { throw .unsound("its two ends contradict each other") }
        guard directory.offset <= edge, directory.size == edge - directory.offset else {
            throw .unsound("its directory does not lie before its end")
        }
        guard directory.count <= directory.size / ZipRecord.Kind.centralHeader.size else {
            throw .unsound("its directory is too short for \(directory.count) files")
        }
        self = directory
    }

    private init(count: Int, offset: Int, size: Int) {
        self.count = count
        self.offset = offset
        self.size = size
    }

    var range: Range<Int> { offset..<offset + size }

    /// The last record whose comment ends with the file.
    private static func endRecord(of file: UnsafeRawBufferPointer) throws(ArchiveError) -> Int {
        for comment in 0...longestComment {
            let position = file.count - ZipRecord.Kind.end.size - comment
            if let end = ZipRecord(.end, at: position, in: file), end.uint16(20) == comment { return position }
        }
        throw .unsound("it does not end as one, or is cut off")
    }

    /// The directory by the record for large files, and where that record begins; `nil` where there is none.
    private static func zip64(before end: Int, of file: UnsafeRawBufferPointer) throws(ArchiveError)
        -> (Self, edge: Int)?
    {
        let place = end - ZipRecord.Kind.locator64.size
        guard let locator = ZipRecord(.locator64, at: place, in: file) else { return nil }
        let position = locator.uint64(8)
        guard locator.uint32(4) == 0, locator.uint32(16) <= 1, position <= place,
            let record = ZipRecord(.end64, at: position, in: file), record.uint64(4) == place - position - 12,
            record.uint32(16) == 0, record.uint32(20) == 0, record.uint64(24) == record.uint64(32)
        else { throw .unsound("its end for large files is not where or what it should be") }
        return (Self(count: record.uint64(32), offset: record.uint64(48), size: record.uint64(40)), position)
    }

    /// A field of the short record that is full stands for the one of the long record.
    private func agrees(with long: Self) -> Bool {
        (count == 0xFFFF || count == long.count) && (offset == 0xFFFF_FFFF || offset == long.offset)
            && (size == 0xFFFF_FFFF || size == long.size)
    }
}
