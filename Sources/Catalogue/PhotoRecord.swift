public import Hashing
public import SystemPackage
public import Vectors

/// What indexing found out about one file, to be remembered.
public struct PhotoRecord: Sendable {
    /// What is to be remembered of a file’s contents, wherever they lie.
    public enum Finding: Sendable {
        case embedding(Embedding)
        /// The catalogue has its embedding, or its fault, already.
        case known
        /// Why it is no photo, and what said so: another judge may find otherwise.
        case fault(String, judge: String)
    }

    /// Absolute; the record replaces whatever the catalogue had at this path.
    public let path: FilePath
    /// Taken when the file was read, and settled (`FileStamp.settled(at:)`).
    public let stamp: FileStamp
    /// Of the whole file: files with the same digest share one embedding.
    public let digest: SHA256Digest
    /// With `.known`, only the file is written and what is stored of its contents stays.
    public let finding: Finding
    /// What else was found out of the contents, and is to be kept.
    public let localFeatures: [LocalFeatureKind: [UInt8]]
    /// Which type of thing the model takes the photo for, by a number of the model's; `nil` where it tells none, or was not asked.
    public let type: Int16?

    /// Nothing is stored before `PhotoCatalogue.record(_:space:)` is given the record.
    public init(
        path: FilePath, stamp: FileStamp, digest: SHA256Digest, finding: Finding,
        localFeatures: [LocalFeatureKind: [UInt8]] = [:], type: Int16? = nil
    ) {
        self.type = type
        self.localFeatures = localFeatures
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
    /// As it was when the file was last opened; any other one means that the file has to be opened again.
    public let stamp: FileStamp
    /// Of the contents at that time; by it a moved photo is told from a new one.
    public let digest: SHA256Digest
    /// Of those contents, in the space and by the judge that were asked about.
    public let state: ContentState
}
