import Catalogue
import ObjectStores
public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder of photos, and what in it is not wanted.
public struct PhotoFolder: Sendable, Hashable {
    /// As the user wrote it.
    public let name: FilePath
    /// The same folder by its one absolute name, without links; of objects, by their address as a path.
    public let path: FilePath
    /// Shell patterns: what matches one by its name, or by its path within the folder, is left out.
    public let exclusions: [String]

    /// Throws where there is no folder of that name, unless it is of objects: their store is not asked yet.
    public init(_ name: FilePath, excluding exclusions: [String] = []) throws(SearchError) {
        if let address = ObjectAddress(name) {
            (self.name, path, self.exclusions) = (address.path, address.path, exclusions)
            return
        }
        guard let resolved = name.withPlatformString({ realpath($0, nil) }) else {
            throw errno == EACCES ? .folderForbidden(name) : .noSuchFolder(name)
        }
        defer { free(resolved) }
        self.name = name
        path = FilePath(platformString: resolved)
        self.exclusions = exclusions
        guard (try? FileStatus(following: path))?.kind == .folder else { throw .notAFolder(name) }
    }

    /// Whether an absolute path is the folder or lies in it at any depth, excluded or not.
    public func contains(_ path: FilePath) -> Bool {
        path.starts(with: self.path)
    }

    /// A path in this folder the way the user would write it.
    public func displayed(_ path: FilePath) -> FilePath {
        var relative = path
        guard relative.removePrefix(self.path) else { return path }
        return name.appending(relative.components)
    }

    func isExcluded(_ path: FilePath) -> Bool { selected.isExcluded(path) }

    /// The folder as a catalogue is asked for it.
    var selected: PhotoSelection.Folder { PhotoSelection.Folder(path, excluding: exclusions) }
}

extension [PhotoFolder] {
    /// A path the way the user would write it who named these folders; one that lies in none of them as it is.
    public func displayed(_ path: FilePath) -> FilePath {
        first { $0.contains(path) }?.displayed(path) ?? path
    }

    /// Without those whose photos are all in another one too; of two names for one folder, the first counts.
    public var outermost: [PhotoFolder] {
        indices.filter { own in !indices.contains { isInside(own, $0) } }.map { self[$0] }
    }

    private func isInside(_ own: Int, _ other: Int) -> Bool {
        own != other && self[other].contains(self[own].path)
            && (self[other].path != self[own].path || other < own) && self[other].exclusions == self[own].exclusions
    }
}

extension FilePath {
    /// As people write it: a path as it is, or the address of an object or a folder of such.
    public var written: String { ObjectAddress(self)?.description ?? string }

    /// What begins in a folder, unless it begins elsewhere.
    func begun(in folder: FilePath) -> FilePath { ObjectAddress(self)?.path ?? folder.pushing(self) }

    /// The path from the root, for a folder that is not there and cannot be asked.
    var absolute: FilePath {
        if let address = ObjectAddress(self) { return address.path }
        guard isRelative, let current = getcwd(nil, 0) else { return lexicallyNormalized() }
        defer { free(current) }
        return FilePath(platformString: current).pushing(self).lexicallyNormalized()
    }
}
