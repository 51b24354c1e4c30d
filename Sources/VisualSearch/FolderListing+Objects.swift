import Catalogue
import Hashing
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

extension FileStamp {
    private static let sizeLimit = Int64(1) << 48

    /// Of an object that was listed.
    init(of version: ObjectVersion) {
        // A store may say anything.
        let (nanoseconds, isBeyond) = Int64(version.modified ?? 0).multipliedReportingOverflow(by: 1_000_000_000)
        let modified = isBeyond ? 0 : nanoseconds
        let tag = version.tag.map { SHA256Digest(of: Array($0.utf8)).bytes } ?? [UInt8](repeating: 0, count: 8)
        self.init(
            size: min(max(0, Int64(version.size)), Self.sizeLimit), modified: modified, changed: modified,
            inode: tag.prefix(8).reduce(0) { $0 << 8 | Int64($1) })
    }

    /// Of an object that was read at a time in nanoseconds since 1970. Where only its time tells it from others, which stores have
    /// in seconds, it is looked into once more; where nothing does, each time.
    init(of version: ObjectVersion, readAt time: Int64) {
        let stamp = FileStamp(of: version)
        let isSure = version.tag != nil || version.modified != nil && stamp.modified < time - 2_000_000_000
        self.init(
            size: stamp.size, modified: stamp.modified, changed: isSure ? stamp.changed : .min, inode: stamp.inode)
    }
}
