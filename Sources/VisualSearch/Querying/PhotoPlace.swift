import Catalogue
public import SystemPackage

/// A photo where it lies.
public struct PhotoPlace: Sendable, Hashable {
    /// By what is in its file.
    public let id: PhotoID
    /// Absolute.
    public let path: FilePath

    init(_ photo: Photo) { (id, path) = (PhotoID(of: photo.digest), photo.path) }
}
