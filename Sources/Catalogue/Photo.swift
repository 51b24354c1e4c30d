public import SystemPackage

/// A file in one of the catalogue's folders that held a picture when it was last looked at.
public struct Photo: Sendable, Hashable, Identifiable {
    public let id: Int64
    public let path: FilePath
    /// The same for photos whose files are equal byte for byte.
    public let content: Int64

    public init(id: Int64, path: FilePath, content: Int64) {
        self.id = id
        self.path = path
        self.content = content
    }
}
