import Catalogue
import ObjectStores
public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// What keeps a catalogue and its indexes small and sound.
extension SearchEngine {
    /// Writes the index of every model anew, in one piece and without what was removed, and leaves no unused room in the
    /// catalogue. Waits for runs that are bringing the catalogue up to date.
    public nonisolated func compact() async throws {
        let lock = try await catalogue.lock()
        defer { _ = lock }
        try await catalogue.compact()
        try await forgetThumbnails()
    }

    /// Takes folders, with all in them, and photos out of the catalogue, whether or not they are still there; returns how
    /// many photos were known by each path.
    ///
    /// When it returns, no file of a catalogue that lies in files has a byte of their embeddings, whichever model made them, or of their
    /// thumbnails, nor of those of photos that were gone before; contents that another photo has stay. A run that was killed on the way is finished by
    /// another one, or by `compact()`.
    @discardableResult
    public nonisolated func forget(_ paths: [FilePath]) async throws -> [Int] {
        let lock = try await catalogue.lock()
        defer { _ = lock }
        var counts: [Int] = []
        for path in paths { counts.append(try await take(out: path)) }
        try await catalogue.erase()
        try await forgetThumbnails()
        return counts
    }

    private nonisolated func take(out path: FilePath) async throws -> Int {
        if ObjectAddress(path) == nil, let folder = try? PhotoFolder(path) {
            return try await catalogue.forget(root: folder.path)
        }
        let path = path.underRealFolder
        let count = try await catalogue.forget(photos: [path])
        return count > 0 ? count : try await catalogue.forget(root: path)
    }

    private nonisolated func forgetThumbnails() async throws {
        try await ThumbnailFolder.forget(beside: companion) { try await photo($0) != nil }
    }
}

extension FilePath {
    /// The absolute path as the catalogue has it of a photo, which may itself be a link, or be gone.
    var underRealFolder: FilePath {
        let path = absolute
        guard path.isAbsolute else { return path }
        guard let name = path.lastComponent,
            let folder = path.removingLastComponent().withPlatformString({ realpath($0, nil) })
        else { return path }
        defer { free(folder) }
        return FilePath(platformString: folder).appending(name)
    }
}
