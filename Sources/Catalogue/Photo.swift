public import SystemPackage

/// A file in one of the catalogue's folders that held a picture when it was last looked at.
public struct Photo: Sendable, Hashable, Identifiable {
    /// The catalogue’s number for this path; a photo that moves gets another.
    public let id: Int64
    /// Absolute, and without links as far as the folder that was named.
    public let path: FilePath
    /// The same for photos whose files are equal byte for byte.
    public let content: Int64
    /// When the file's contents last changed, in nanoseconds since 1970.
    public let modified: Int64

    /// Looks nothing up: the numbers are those of a row that was read.
    public init(id: Int64, path: FilePath, content: Int64, modified: Int64) {
        self.id = id
        self.path = path
        self.content = content
        self.modified = modified
    }
}
