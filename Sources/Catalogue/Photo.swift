public import Hashing
public import SystemPackage

/// A file in one of the catalogue's folders that held a picture when it was last looked at.
public struct Photo: Sendable, Hashable, Identifiable {
    /// The catalogue’s number for this path; a photo that moves gets another.
    public let id: Int64
    /// Absolute, and without links as far as the folder that was named; relative where it stands for an address elsewhere.
    public let path: FilePath
    /// The same for photos whose files are equal byte for byte.
    public let content: Int64
    /// Of the file's bytes when it was last opened.
    public let digest: SHA256Digest
    /// When the file's contents last changed, in nanoseconds since 1970.
    public let modified: Int64

    /// Looks nothing up: the numbers are those of a row that was read.
    public init(id: Int64, path: FilePath, content: Int64, digest: SHA256Digest, modified: Int64) {
        (self.id, self.path, self.content, self.digest, self.modified) = (id, path, content, digest, modified)
    }
}
