import Catalogue
import Hashing
import ObjectStores

extension FileStamp {
    private static let sizeLimit = Int64(1) << 48

    /// Of an object that was listed.
    init(of version: ObjectVersion) {
        // A store may say anything.
        let (nanoseconds, isBeyond) = Int64(version.modified ?? 0).multipliedReportingOverflow(by: 1_000_000_000)
        let modified = isBeyond ? 0 : nanoseconds
        let tag = version.tag.map { SHA256Digest(of: Array($0.utf8)).bytes } ?? [UInt8](repeating: 0, count: 8)
        self.init(
            size: min(max(0, Int64(version.size)), Self.sizeLimit), modified: modified, changed: modified,
            inode: tag.prefix(8).reduce(0) { $0 << 8 | Int64($1) })
    }

    /// Of an object that was read at a time in nanoseconds since 1970. Where only its time tells it from others, which stores have
    /// in seconds, it is looked into once more; where nothing does, each time.
    init(of version: ObjectVersion, readAt time: Int64) {
        let stamp = FileStamp(of: version)
        let isSure = version.tag != nil || version.modified != nil && stamp.modified < time - 2_000_000_000
        self.init(
            size: stamp.size, modified: stamp.modified, changed: isSure ? stamp.changed : .min, inode: stamp.inode)
    }
}
