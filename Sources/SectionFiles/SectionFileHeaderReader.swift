import SystemPackage

/// Reads the header of a file that may be anything, and takes its word for nothing.
struct SectionFileHeaderReader {
    let path: FilePath
    let file: UnsafeRawBufferPointer

    func header(ofKind expected: String) throws(SectionFileError) -> SectionFileHeader {
        try checkFormat()
        try checkPage()
        let kind = try name(at: 32, length: SectionFileHeader.kindLimit)
        guard kind == expected else { throw .otherKind(path, found: kind, expected: expected) }
        let identity = SectionFile.Identity(at: 16, of: file)
        let header = try SectionFileHeader(kind: kind, identity: identity, entries: entries())
        try checkWhole(header)
        return header
    }

    /// Holds for every version of the format there will ever be.
    private func checkFormat() throws(SectionFileError) {
        guard file.starts(with: SectionFileHeader.magic) else { throw .foreign(path) }
        guard file.count >= 12 else { throw tooShort }
        let version = number(UInt32.self, at: 8)
        guard version == SectionFileHeader.version else { throw .otherVersion(path, found: version) }
    }

    private func checkPage() throws(SectionFileError) {
        guard file.count >= SectionFileHeader.pageSize else { throw tooShort }
        let end = SectionFileHeader.checksumOffset
        guard Checksum.of(UnsafeRawBufferPointer(rebasing: file[..<end])) == number(UInt64.self, at: end) else {
            throw unsound("its header does not have the checksum that it was written with")
        }
        let length = number(UInt64.self, at: 40)
        guard length == file.count else { throw .wrongLength(path, found: file.count, expected: length) }
    }

    /// What is not looked at elsewhere has one way to be written: zeros where nothing is, names once.
    private func checkWhole(_ header: SectionFileHeader) throws(SectionFileError) {
        guard header.fileLength == file.count else {
            throw unsound("its sections end at byte \(header.fileLength), and the file at byte \(file.count)")
        }
        guard file.starts(with: header.page) else { throw unsound("its header has bytes where nothing should be") }
        guard Set(header.entries.map(\.name)).count == header.entries.count else {
            throw unsound("two of its sections have the same name")
        }
    }

    private func entries() throws(SectionFileError) -> [SectionFileHeader.Entry] {
        let count = Int(number(UInt32.self, at: 12))
        guard count <= SectionFileHeader.sectionLimit else {
            throw unsound("it claims \(count) sections, and a header has room for \(SectionFileHeader.sectionLimit)")
        }
        var (entries, end) = ([SectionFileHeader.Entry](), SectionFileHeader.pageSize)
        for index in 0..<count {
            let place = SectionFileHeader.entriesOffset + index * SectionFileHeader.entrySize
            let entry = try entry(at: place, beginningAt: end)
            entries.append(entry)
            end = SectionFileHeader.endOfPage(entry.range.upperBound)
        }
        return entries
    }

    private func entry(at place: Int, beginningAt start: Int) throws(SectionFileError) -> SectionFileHeader.Entry {
        let name = try name(at: place, length: SectionFileHeader.nameLimit)
        let (offset, length) = (number(UInt64.self, at: place + 16), number(UInt64.self, at: place + 24))
        guard offset == start else {
            throw unsound("its section “\(name)” begins at byte \(offset) and not at byte \(start), where it should")
        }
        guard start <= file.count, length <= file.count - start else {
            throw unsound("its section “\(name)” has \(length) bytes, more than the file has behind byte \(start)")
        }
        return .init(name: name, range: start..<start + Int(length), checksum: number(UInt64.self, at: place + 32))
    }

    private func number<Number: FixedWidthInteger>(_: Number.Type, at place: Int) -> Number {
        Number(littleEndian: file.loadUnaligned(fromByteOffset: place, as: Number.self))
    }

    private func name(at place: Int, length: Int) throws(SectionFileError) -> String {
        let name = String(decoding: file[place..<place + length].prefix { $0 != 0 }, as: UTF8.self)
        guard SectionFileHeader.isName(name, limit: length) else {
            throw unsound("its header has something that is no name at byte \(place)")
        }
        return name
    }

    private func unsound(_ reason: String) -> SectionFileError { .unsound(path, reason: reason) }

    private var tooShort: SectionFileError {
        .wrongLength(path, found: file.count, expected: UInt64(SectionFileHeader.pageSize))
    }
}
