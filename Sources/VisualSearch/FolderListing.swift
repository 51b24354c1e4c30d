import Catalogue
import ObjectStores
import SystemPackage

/// The photos that lie in a folder and all folders below it at one moment.
struct FolderListing {
    typealias File = (path: FilePath, stamp: FileStamp)

    /// In the order of their names, folder by folder.
    var photos: [File] = []
    var skipped: [(path: FilePath, reason: SkipReason)] = []
    /// Folders whose photos could not be seen this time: nothing says that they are gone.
    var unseen: [FilePath] = []
}

extension PhotoFolder {
    /// Throws where nothing of it can be seen.
    func listing() async throws -> FolderListing {
        guard let address = ObjectAddress(path) else { return try FileWalk(through: self).listing }
        return try await FolderListing(ofObjectsIn: self, at: address)
    }
}

extension [PhotoFolder] {
    /// All photos that lie in any of them, each once.
    func photos() async throws -> [FilePath] {
        var paths: [FilePath] = []
        for folder in outermost { paths += try await folder.listing().photos.map(\.path) }
        return paths
    }
}
