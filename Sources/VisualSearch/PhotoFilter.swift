import Catalogue
public import Embedders
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
    /// Only photos of garments that most probably are of one of these types; `nil` for all. Needs a model that knows types.
    public var types: Set<GarmentType>?

    /// Lets every photo through.
    public init() {}

    /// Whether it lets every photo through.
    public var isOpen: Bool { patterns.isEmpty && from == nil && until == nil && among == nil && types == nil }

    /// Accepts photos by when they changed, in nanoseconds since 1970.
    var modified: Range<Int64>? {
        guard from != nil || until != nil else { return nil }
        let lower = from?.nanoseconds ?? .min
        return lower..<max(lower, until?.nanoseconds ?? .max)
    }

    /// By its path alone.
    func accepts(_ path: UnsafePointer<CChar>) -> Bool {
        (among?.contains(FilePath(platformString: path)) ?? true)
            && (patterns.isEmpty || patterns.contains { matches($0, path) })
    }

    func accepts(_ photo: Photo) -> Bool {
        photo.path.withPlatformString { accepts($0) } && modified?.contains(photo.modified) ?? true
    }
}

/// Whether a shell pattern matches a whole path or the name at its end; `*` stands for slashes too.
func matches(_ pattern: String, _ path: UnsafePointer<CChar>) -> Bool {
    if fnmatch(pattern, path, 0) == 0 { return true }
    guard let slash = strrchr(path, Int32(UInt8(ascii: "/"))) else { return false }
    return fnmatch(pattern, slash + 1, 0) == 0
}

extension Date {
    fileprivate var nanoseconds: Int64 {
        Int64(clamping: Int(exactly: (timeIntervalSince1970 * 1e9).rounded()) ?? .max)
    }
}
