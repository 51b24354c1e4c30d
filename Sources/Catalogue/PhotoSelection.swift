public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which photos are meant, by where they lie, what they are called and when they changed.
public struct PhotoSelection: Sendable, Hashable {
    /// A folder with all in it, and shell patterns of what in it is not meant.
    public struct Folder: Sendable, Hashable {
        /// Absolute.
        public let path: FilePath
        /// What matches one by its name, or by its path within the folder, is left out, with all in it.
        public let exclusions: [String]

        /// Leaves nothing out unless told to.
        public init(_ path: FilePath, excluding exclusions: [String] = []) {
            (self.path, self.exclusions) = (path, exclusions)
        }
    }

    /// One of them must have the photo.
    public var folders: [Folder]
    /// Shell patterns, one of which must match the photo's name or its absolute path; none for all photos.
    public var patterns: [String]
    /// When the file must have changed last, in nanoseconds since 1970; `nil` for any time.
    public var modified: Range<Int64>?
    /// The photos by their absolute paths; `nil` for all.
    public var among: Set<FilePath>?

    /// All photos of some folders, unless told otherwise.
    public init(
        folders: [Folder], patterns: [String] = [], modified: Range<Int64>? = nil, among: Set<FilePath>? = nil
    ) {
        (self.folders, self.patterns, self.modified, self.among) = (folders, patterns, modified, among)
    }

    /// Whether the photo is meant.
    public func contains(_ photo: Photo) -> Bool {
        (modified?.contains(photo.modified) ?? true) && photo.path.withPlatformString(isNamed)
            && folders.contains { $0.contains(photo.path) }
    }

    /// Whether a photo may be meant by its absolute path, wherever the folders lie.
    func isNamed(_ path: UnsafePointer<CChar>) -> Bool {
        (among?.contains(FilePath(platformString: path)) ?? true)
            && (patterns.isEmpty || patterns.contains { matches($0, path) })
    }
}

extension PhotoSelection.Folder {
    /// Whether an absolute path is the folder or lies in it at any depth, and is not left out.
    public func contains(_ path: FilePath) -> Bool { path.starts(with: self.path) && !isExcluded(path) }

    /// Whether a path in the folder is left out.
    public func isExcluded(_ path: FilePath) -> Bool {
        var relative = path
        guard !exclusions.isEmpty, relative.removePrefix(self.path) else { return false }
        return relative.components.indices.contains { end in
            let part = FilePath(root: nil, relative.components[...end])
            return part.withPlatformString { part in exclusions.contains { matches($0, part) } }
        }
    }
}

/// Whether a shell pattern matches a whole path or the name at its end; `*` stands for slashes too.
private func matches(_ pattern: String, _ path: UnsafePointer<CChar>) -> Bool {
    if fnmatch(pattern, path, 0) == 0 { return true }
    guard let slash = strrchr(path, Int32(UInt8(ascii: "/"))) else { return false }
    return fnmatch(pattern, slash + 1, 0) == 0
}
