public import SystemPackage

extension SHA256Digest {
    private static let pieceSize = 1 << 20

    /// The digest of a file of any length, read in pieces of a megabyte.
    public init(ofFileAt path: FilePath) throws {
        let file = try FileDescriptor.open(path, .readOnly)
        self = try file.closeAfter { try SHA256Digest(readingAllOf: file) }
    }

    private init(readingAllOf file: FileDescriptor) throws {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceSize, alignment: 64)
        defer { piece.deallocate() }
        var hasher = SHA256Hasher()
        while case let count = try file.read(into: piece), count > 0 {
            hasher.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
        }
        self = hasher.finalize()
    }
}
