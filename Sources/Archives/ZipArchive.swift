import CZlib
public import SystemPackage

/// The files in a zip archive, known by their names and taken out one by one.
///
/// What the format says twice must agree, no byte may belong to two files, and nothing is taken out before it is asked
/// for. So an archive costs no more than its own length to open, and a file no more than its caller allows.
public struct ZipArchive: Sendable {
    /// By their names, folders among them.
    public let entries: [String: Entry]
    private let block: MemoryBlock

    /// Maps an archive and reads its directory.
    public init(mapping path: FilePath) throws(ArchiveError) {
        let block: MemoryBlock
        do { block = try MemoryBlock(mapping: path) } catch { throw .unreadable(path, reason: "\(error)") }
        do { try self.init(block) } catch { throw .unreadable(path, reason: "\(error)") }
    }

    package init(_ block: MemoryBlock) throws(ArchiveError) {
        let directory = try ZipDirectory(of: block.bytes)
        let entries = try Self.entries(of: directory, in: block.bytes)
        var byName: [String: Entry] = [:]
        for entry in entries where byName.updateValue(entry, forKey: entry.name) != nil {
            throw .unsound("it has two files called “\(entry.name)”")
        }
        try Self.checkOverlaps(of: entries)
        self.entries = byName
        self.block = block
    }

    /// Throws `.missing` where the archive has no file of that name.
    public func entry(_ name: String) throws(ArchiveError) -> Entry {
        guard let entry = entries[name] else { throw .missing(name) }
        return entry
    }

    /// A file's bytes, inflated if they are deflated and compared with their checksum; throws where there are more than
    /// `limit`.
    public func contents(of entry: Entry, limit: Int) throws(ArchiveError) -> [UInt8] {
        guard !entry.isEncrypted else { throw .unsupported(entry.name, reason: "is encrypted") }
        guard entry.size <= limit else { throw .tooLarge(entry.name, size: entry.size, limit: limit) }
        let contents = try unpacked(entry)
        guard Self.checksum(of: contents) == entry.checksum else {
            throw .unsound("“\(entry.name)” in it is damaged: its checksum is another")
        }
        return contents
    }

    /// Where a file's bytes lie in the archive, for who can read them there; their checksum is not compared.
    package func range(ofStored entry: Entry) throws(ArchiveError) -> Range<Int> {
        guard !entry.isEncrypted else { throw .unsupported(entry.name, reason: "is encrypted") }
        guard entry.method == .stored else { throw .unsupported(entry.name, reason: "is compressed") }
        return entry.range
    }

    private func unpacked(_ entry: Entry) throws(ArchiveError) -> [UInt8] {
        let bytes = UnsafeRawBufferPointer(rebasing: block.bytes[entry.range])
        switch entry.method {
        case .stored: return Array(bytes)
        case .deflated:
            guard let contents = Inflater.inflated(bytes, size: entry.size) else {
                throw .unsound("“\(entry.name)” in it does not inflate to the \(entry.size) bytes that it should have")
            }
            return contents
        case .other(let method):
            throw .unsupported(entry.name, reason: "is compressed by method \(method), which is not deflation")
        }
    }

    private static func entries(of directory: ZipDirectory, in file: UnsafeRawBufferPointer) throws(ArchiveError)
        -> [Entry]
    {
        var (position, entries) = (directory.offset, [Entry]())
        for _ in 0..<directory.count { entries.append(try Entry(at: &position, of: directory, in: file)) }
        guard position == directory.range.upperBound else { throw .unsound("its directory has more than its files") }
        return entries
    }

    /// Bytes in two files are how a small archive pretends to hold a great deal.
    private static func checkOverlaps(of entries: [Entry]) throws(ArchiveError) {
        var end = 0
        for entry in entries.sorted(by: { $0.start < $1.start }) {
            guard end <= entry.start else { throw .unsound("“\(entry.name)” in it overlaps another file") }
            end = entry.range.upperBound
        }
    }

    private static func checksum(of contents: [UInt8]) -> UInt32 {
        UInt32(truncatingIfNeeded: contents.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) })
    }
}
