public import SystemPackage

/// Writes a file of sections, of any length, from beginning to end.
///
/// Nothing has the file's name before all of it is on disk; a writer that fails, or is let go before it finishes, leaves
/// nothing behind. What a killed process leaves, `removeAbandonedFiles` removes.
public struct SectionFileWriter: ~Copyable {
    private let path: FilePath
    private var file: UnfinishedFile
    private var header: SectionFileHeader
    private var checksum: Checksum

    /// `kind` has 1 to 8 ASCII characters, none of them a space; throws `.unsuitable` otherwise, and `.unwritable` where
    /// no file can be made in the folder.
    public init(_ path: FilePath, kind: String, identity: SectionFile.Identity) throws(SectionFileError) {
        guard SectionFileHeader.isName(kind, limit: SectionFileHeader.kindLimit) else {
            throw .unsuitable(
                path, reason: "its kind must be 1 to \(SectionFileHeader.kindLimit) ASCII characters, not “\(kind)”")
        }
        file = try Self.file(for: path)
        checksum = Checksum()
        header = SectionFileHeader(kind: kind, identity: identity)
        self.path = path
    }

    /// Ends the section before. Names have 1 to 15 ASCII characters, none of them a space, and are given once; a file has
    /// at most 100.
    public mutating func begin(_ name: String) throws(SectionFileError) {
        try check(name)
        try end()
        header.entries.append(.init(name: name, range: file.length..<file.length))
    }

    /// Adds to the section that was begun last.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) throws(SectionFileError) {
        precondition(!header.entries.isEmpty, "bytes belong to a section: begin one first")
        checksum.update(bytes)
        try writing { file throws(Errno) in try file.append(bytes) }
    }

    /// Adds values as they lie in memory, which `Section.values` gives back.
    public mutating func append<Value: BitwiseCopyable>(_ values: [Value]) throws(SectionFileError) {
        try values.withUnsafeBufferPointer { (values) throws(SectionFileError) in
            try append(UnsafeRawBufferPointer(values))
        }
    }

    /// Returns when the file is on disk, under its name and in place of one that had it before.
    public consuming func finish() throws(SectionFileError) {
        try end()
        let page = header.page
        try writing { file throws(Errno) in
            try file.write(page, at: 0)
            try file.takePlace()
        }
    }

    /// Removes from a folder what writers left there whose processes were killed, and returns the files' paths; those
    /// that somebody is writing stay. Throws where the folder cannot be listed.
    @discardableResult
    public static func removeAbandonedFiles(in folder: FilePath) throws(SectionFileError) -> [FilePath] {
        do { return try UnfinishedFile.removeAbandoned(in: folder) } catch { throw .unreadable(folder, error) }
    }

    private mutating func end() throws(SectionFileError) {
        guard let last = header.entries.indices.last else { return }
        let start = header.entries[last].range.lowerBound
        header.entries[last].range = start..<file.length
        header.entries[last].checksum = checksum.finish()
        let zeros = repeatElement(UInt8(0), count: header.fileLength - file.length)
        try writing { file throws(Errno) in try file.append(zeros) }
    }

    private func check(_ name: String) throws(SectionFileError) {
        guard SectionFileHeader.isName(name, limit: SectionFileHeader.nameLimit) else {
            throw .unsuitable(
                path,
                reason: "a section needs a name of 1 to \(SectionFileHeader.nameLimit) ASCII characters, not “\(name)”")
        }
        guard !header.entries.contains(where: { $0.name == name }) else {
            throw .unsuitable(path, reason: "it has a section “\(name)” already")
        }
        guard header.entries.count < SectionFileHeader.sectionLimit else {
            throw .unsuitable(path, reason: "it would have more than \(SectionFileHeader.sectionLimit) sections")
        }
    }

    private static func file(for path: FilePath) throws(SectionFileError) -> UnfinishedFile {
        do {
            return try UnfinishedFile(for: path, reserving: SectionFileHeader.pageSize)
        } catch {
            throw .unwritable(path, error)
        }
    }

    private mutating func writing(_ write: (inout UnfinishedFile) throws(Errno) -> Void) throws(SectionFileError) {
        do { try write(&file) } catch { throw .unwritable(path, error) }
    }
}
