public import Hashing
public import SystemPackage

/// A file with all that a catalogue knows of it, whichever models have described it.
public struct StoredFile: Sendable, Hashable {
    /// Why a file holds no photo.
    public struct Fault: Sendable, Hashable {
        /// In a sentence.
        public let reason: String
        /// What said so: another judge may find otherwise.
        public let judge: String
    }

    /// Absolute.
    public let path: FilePath
    /// As of when it was read.
    public let stamp: FileStamp
    /// Of its bytes at that time.
    public let digest: SHA256Digest
    /// The catalogue's own number for them.
    public let content: Int64
    /// `nil` for a photo.
    public let fault: Fault?
}

extension StoredFile {
    /// As another catalogue takes it in. What is found in it comes later.
    var record: PhotoRecord {
        PhotoRecord(
            path: path, stamp: stamp, digest: digest,
            finding: fault.map { .fault($0.reason, judge: $0.judge) } ?? .known)
    }
}
