import Catalogue
public import Foundation
public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which photos of the folders may be found.
public struct PhotoFilter: Sendable, Hashable {
    /// Shell patterns, one of which must match the photo's name or its absolute path; none for all photos.
    public var patterns: [String] = []
    /// Only photos whose files were last changed at this moment or later.
    public var from: Date?
    /// Only photos whose files were last changed before this moment.
    public var until: Date?
    /// Only these photos, by their absolute paths without links.
    public var among: Set<FilePath>?

    /// Lets every photo through.
    public init() {}

    /// Whether it lets every photo through.
    public var isOpen: Bool { patterns.isEmpty && from == nil && until == nil && among == nil }

    func accepts(_ path: FilePath, modified: Int64) -> Bool {
        let date = Date(timeIntervalSince1970: Double(modified) / 1e9)
        return (from.map { date >= $0 } ?? true) && (until.map { date < $0 } ?? true)
            && among?.contains(path) ?? true && (patterns.isEmpty || patterns.contains { path.matches($0) })
    }
}

extension FilePath {
    /// By the whole path, or by the name alone; `*` stands for slashes too.
    func matches(_ pattern: String) -> Bool {
        let name = lastComponent.map { FilePath(root: nil, CollectionOfOne($0)) } ?? self
        return [self, name].contains { $0.withPlatformString { fnmatch(pattern, $0, 0) == 0 } }
    }
}
