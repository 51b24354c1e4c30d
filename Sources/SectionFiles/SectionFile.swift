import Archives
public import SystemPackage

/// Named sections of binary data in one file that is mapped into memory and never changes (Documentation/FORMAT.md).
///
/// A file costs one page to open, however long it is: what its sections hold is read as it is used, and compared with
/// their checksums where `Section.verify` is called. The file may be replaced or deleted meanwhile; one that somebody
/// shortens or overwrites in place ends the process that reads it, as any mapped file does.
public struct SectionFile: Sendable {
    /// As it was when the file was mapped.
    public let path: FilePath
    /// What the file was made from, as its writer said.
    public let identity: Identity
    /// In the order in which they were written.
    public let sections: [Section]

    /// Throws unless the file is of the `kind`, as long as it was, and has a header that holds true.
    public init(mapping path: FilePath, kind: String) throws(SectionFileError) {
        let block: MemoryBlock
        do { block = try MemoryBlock(mapping: path) } catch { throw .unreadable(path, error) }
        let header = try withExtendedLifetime(block) { (block) throws(SectionFileError) in
            try SectionFileHeaderReader(path: path, file: block.bytes).header(ofKind: kind)
        }
        self.path = path
        identity = header.identity
        sections = header.entries.map { Section($0, in: block, at: path) }
    }

    /// Throws `.missing` where the file has no section of that name.
    public func section(_ name: String) throws(SectionFileError) -> Section {
        guard let section = sections.first(where: { $0.name == name }) else { throw .missing(path, section: name) }
        return section
    }
}

extension SectionFile {
    /// 16 bytes by which a writer says what a file was made from; nothing here knows what they mean.
    public struct Identity: Sendable, Hashable {
        static let byteCount = 16
        /// Always 16.
        public let bytes: [UInt8]

        /// `nil` unless there are exactly 16 bytes.
        public init?(bytes: [UInt8]) {
            guard bytes.count == Self.byteCount else { return nil }
            self.bytes = bytes
        }

        init(at place: Int, of file: UnsafeRawBufferPointer) {
            bytes = Array(file[place..<place + Self.byteCount])
        }
    }
}
