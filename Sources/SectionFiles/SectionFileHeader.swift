/// A file's first page: what the file is, and where its sections lie.
///
/// Sections are whole pages, one behind the other, so that their places follow from their lengths; a header that says
/// anything else is not believed.
struct SectionFileHeader: Equatable {
    static let magic = Array("LOOKSECT".utf8)
    static let version: UInt32 = 1
    static let pageSize = 4096
    static let entriesOffset = 64
    static let entrySize = 40
    static let sectionLimit = 100
    static let kindLimit = 8
    static let nameLimit = 15
    static let checksumOffset = pageSize - 8

    let kind: String
    let identity: SectionFile.Identity
    var entries: [Entry] = []

    struct Entry: Equatable {
        let name: String
        var range: Range<Int>
        var checksum: UInt64 = 0
    }

    /// The file's length, in whole pages.
    var fileLength: Int { Self.endOfPage(entries.last?.range.upperBound ?? Self.pageSize) }

    static func endOfPage(_ place: Int) -> Int { (place + pageSize - 1) / pageSize * pageSize }

    /// Whether a name is ASCII without spaces and control characters, and fits.
    static func isName(_ name: String, limit: Int) -> Bool {
        (1...limit).contains(name.utf8.count) && name.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// The page as it is written; the same header always gives the same bytes.
    var page: [UInt8] {
        var page = Self.magic
        page.append(Self.version)
        page.append(UInt32(entries.count))
        page += identity.bytes
        page.append(kind, paddedTo: Self.kindLimit)
        page.append(UInt64(fileLength))
        page.pad(to: Self.entriesOffset)
        for entry in entries { page.append(entry) }
        page.pad(to: Self.checksumOffset)
        page.append(page.withUnsafeBytes(Checksum.of))
        return page
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ entry: SectionFileHeader.Entry) {
        append(entry.name, paddedTo: SectionFileHeader.nameLimit + 1)
        append(UInt64(entry.range.lowerBound))
        append(UInt64(entry.range.count))
        append(entry.checksum)
    }

    fileprivate mutating func append(_ number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }

    fileprivate mutating func append(_ name: String, paddedTo length: Int) {
        let end = count + length
        append(contentsOf: name.utf8)
        pad(to: end)
    }

    fileprivate mutating func pad(to length: Int) { append(contentsOf: repeatElement(0, count: length - count)) }
}
