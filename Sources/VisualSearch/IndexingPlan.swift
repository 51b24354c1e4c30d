import Catalogue
import Hashing
import SystemPackage

/// What has to be done so that the catalogue says what the folders hold.
struct IndexingPlan {
    /// Folders of which it is known what they hold.
    private(set) var listed: [FilePath] = []
    private(set) var unchanged = 0
    /// Files that are new, look changed, or are not embedded in the space yet.
    private(set) var toExamine: [FolderListing.File] = []
    private(set) var skipped: [(path: FilePath, reason: SkipReason)] = []
    /// Files that the catalogue remembers and that are not there any more.
    private(set) var gone: [FilePath] = []
    private var moved: Set<FilePath> = []
    /// Files that hold something else than what the catalogue remembers, which could not be read.
    private(set) var unreadable: [FilePath] = []
    private var remembered: [FilePath: RememberedFile] = [:]
    /// Where contents lay that are no longer there, which may have moved.
    private var origins: [SHA256Digest: FilePath] = [:]

    /// Files that are gone and have turned up nowhere else.
    var removed: [FilePath] { gone.filter { !moved.contains($0) } }

    /// Nothing to do.
    init() {}

    var isEmpty: Bool { toExamine.isEmpty && gone.isEmpty }

    init(for folders: [PhotoFolder], space: EmbeddingSpace, judge: String, in catalogue: any PhotoCatalogue)
        async throws
    {
        let folders = folders.outermost
        for folder in folders {
            guard let listing = try await listing(of: folder, isOnly: folders.count == 1) else { continue }
            let known = try await catalogue.files(in: folder.path, space: space, judge: judge)
            listed.append(folder.path)
            remembered.merge(known) { $1 }
            skipped += listing.skipped
            for photo in listing.photos { compare(photo, upTo: catalogue.longestPath ?? .max) }
            findGone(known, listing, folder)
        }
    }

    /// A store that cannot be reached keeps nobody from what lies elsewhere.
    private mutating func listing(of folder: PhotoFolder, isOnly: Bool) async throws -> FolderListing? {
        do { return try await folder.listing() } catch SearchError.unlisted(let reason) where !isOnly {
            skipped.append((folder.path, .store(reason)))
            return nil
        }
    }

    private mutating func compare(_ photo: FolderListing.File, upTo longestPath: Int) {
        guard photo.path.length <= longestPath else {
            return skipped.append((photo.path, .pathTooLong(photo.path.length, limit: longestPath)))
        }
        switch remembered[photo.path] {
        case let file? where file.stamp == photo.stamp && file.state == .embedded: unchanged += 1
        case let file? where file.stamp == photo.stamp && file.state.fault != nil:
            skipped.append((photo.path, .remembered(file.state.fault ?? "")))
        default: toExamine.append(photo)
        }
    }

    private mutating func findGone(
        _ known: [FilePath: RememberedFile], _ listing: FolderListing, _ folder: PhotoFolder
    ) {
        let (present, unseen) = (Set(listing.photos.map(\.path)), Set(listing.unseen))
        let absent = known.keys.filter { path in
            !present.contains(path) && !folder.isExcluded(path) && !path.isInside(unseen)
        }
        for path in absent.sorted(by: { $0.string < $1.string }) {
            gone.append(path)
            origins[known[path]!.digest] = path
        }
    }

    mutating func lose(_ path: FilePath) {
        if remembered[path] != nil { unreadable.append(path) }
    }

    /// What to say of a file that was opened and found to be a photo.
    mutating func outcome(of path: FilePath, _ digest: SHA256Digest) -> IndexingEvent.Outcome {
        guard let before = remembered[path] else {
            guard let origin = origins.removeValue(forKey: digest) else { return .added }
            moved.insert(origin)
            return .moved(from: origin)
        }
        if before.digest != digest { return .changed }
        return before.state == .embedded ? .unchanged : .embeddedAnew
    }
}

extension FilePath {
    /// Whether it is one of some folders, or lies in one at any depth.
    fileprivate func isInside(_ folders: Set<FilePath>) -> Bool {
        guard !folders.isEmpty else { return false }
        var path = self
        while !folders.contains(path) { guard path.removeLastComponent() else { return false } }
        return true
    }
}

extension ContentState {
    fileprivate var fault: String? {
        if case .faulty(let reason) = self { reason } else { nil }
    }
}
