public import Hashing
public import SystemPackage
public import Vectors

/// What indexing found out about one file, to be remembered.
public struct PhotoRecord: Sendable {
    public enum Finding: Sendable {
        case embedding(Embedding)
        /// The catalogue has its embedding, or its fault, already.
        case known
        /// Why it is no photo, and what said so: another judge may find otherwise.
        case fault(String, judge: String)
    }

    public let path: FilePath
    public let stamp: FileStamp
    public let digest: SHA256Digest
    public let finding: Finding

    public init(path: FilePath, stamp: FileStamp, digest: SHA256Digest, finding: Finding) {
        self.path = path
        self.stamp = stamp
        self.digest = digest
        self.finding = finding
    }
}

/// What the catalogue knows of some contents, wherever they lie.
public enum ContentState: Sendable, Hashable {
    case embedded
    case faulty(String)
    /// Never seen, or not yet with this model.
    case new
}

/// A file as the catalogue remembers it.
public struct RememberedFile: Sendable, Hashable {
    public let stamp: FileStamp
    public let digest: SHA256Digest
    public let state: ContentState
}
