import Catalogue
public import SystemPackage

/// A photo where it lies.
public struct PhotoPlace: Sendable, Hashable {
    /// By what is in its file.
    public let id: PhotoID
    /// Absolute, or the address of an object (`FilePath.written`).
    public let path: FilePath

    /// Looks nothing up.
    public init(_ id: PhotoID, at path: FilePath) { (self.id, self.path) = (id, path) }

    init(_ photo: Photo) { (id, path) = (PhotoID(of: photo.digest), photo.path) }

    /// Whether it comes first in the order of paths' bytes.
    public func precedes(_ other: PhotoPlace) -> Bool { path.precedes(other.path) }
}
