import Catalogue
import ObjectStores
import SystemPackage

extension FolderListing {
    /// The photos in a folder of objects, and in those in it; those whose names begin with a dot are left out, as on a disk.
    init(ofObjectsIn folder: PhotoFolder, at address: ObjectAddress) async throws {
        let found: ObjectListing
        do { found = try await address.objects(folder.selection) } catch let error as ObjectStoreError {
            throw SearchError.unlisted(error)
        }
        photos = found.objects.map { ($0.address.path, FileStamp(of: $0.version)) }
            .sorted { $0.path.precedes($1.path) }
        unseen = found.unseen.map(\.address.path)
        skipped =
            found.unseen.map { ($0.address.path, .store($0.reason)) }
            + found.unnameable.filter { folder.holdsPhoto($0) }.map { ($0, .unnameable) }
    }
}

extension PhotoFolder {
    fileprivate var selection: ObjectSelection {
        ObjectSelection(holding: { holdsPhoto($0.path) }, entering: { shows($0.path) })
    }

    /// Whether it is a photo by its name.
    fileprivate func holdsPhoto(_ path: FilePath) -> Bool {
        (path.lastComponent.map(PhotoName.isPhoto) ?? false) && shows(path)
    }

    private func shows(_ path: FilePath) -> Bool {
        let inside = path.components.dropFirst(self.path.components.count)
        return contains(path) && !inside.contains(where: PhotoName.isHidden) && !isExcluded(path)
    }
}
