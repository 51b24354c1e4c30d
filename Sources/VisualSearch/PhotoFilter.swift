import Catalogue
public import Embedders
public import Foundation
public import SystemPackage

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
    public var isOpen: Bool { isOpen(butForTypes: false) }

    /// The same where some other than the selection sees to types.
    func isOpen(butForTypes: Bool) -> Bool {
        patterns.isEmpty && from == nil && until == nil && among == nil && (types == nil || butForTypes)
    }

    /// When photos may have changed, in nanoseconds since 1970.
    private var modified: Range<Int64>? {
        guard from != nil || until != nil else { return nil }
        let lower = from?.nanoseconds ?? .min
        return lower..<max(lower, until?.nanoseconds ?? .max)
    }

    /// The photos of some folders that it lets through, whatever they show.
    func selection(of folders: [PhotoSelection.Folder]) -> PhotoSelection {
        PhotoSelection(folders: folders, patterns: patterns.map(Self.asOfPaths), modified: modified, among: among)
    }

    /// An address has one slash behind its scheme, as a path.
    private static func asOfPaths(_ pattern: String) -> String {
        ["s3", "http", "https"].contains { pattern.hasPrefix($0 + "://") }
            ? pattern.replacing("://", with: ":/", maxReplacements: 1) : pattern
    }
}

extension Date {
    fileprivate var nanoseconds: Int64 {
        Int64(clamping: Int(exactly: (timeIntervalSince1970 * 1e9).rounded()) ?? .max)
    }
}
