public import SystemPackage

/// Why a file cannot be taken out of an archive.
public enum ArchiveError: Error, Hashable, CustomStringConvertible {
    case unreadable(FilePath, reason: String)
    case unsound(String)
    case missing(String)
    case unsupported(String, reason: String)
    case tooLarge(String, size: Int, limit: Int)

    /// Names the archive where it is known, and the file in it that is meant.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path) cannot be used: \(reason)"
        case .unsound(let reason): "not a sound zip archive: \(reason)"
        case .missing(let name): "the archive has no file “\(name)”"
        case .unsupported(let name, let reason): "“\(name)” in the archive \(reason)"
        case .tooLarge(let name, let size, let limit):
            "“\(name)” in the archive has \(size) bytes, and at most \(limit) are taken"
        }
    }
}
