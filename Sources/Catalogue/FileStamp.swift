/// What the file system says of a file without opening it: the same stamp again means the same contents.
public struct FileStamp: Sendable, Hashable {
    /// In bytes, as the file system counts them.
    public let size: Int64
    /// When the contents last changed, in nanoseconds since 1970; a program can set it to anything.
    public let modified: Int64
    /// When the contents, the name or the attributes last changed; only the file system sets it.
    public let changed: Int64
    /// The file system’s number for the file, which another file put in its place does not share.
    public let inode: Int64

    /// Takes times in nanoseconds since 1970, as `stat` tells them.
    public init(size: Int64, modified: Int64, changed: Int64, inode: Int64) {
        self.size = size
        self.modified = modified
        self.changed = changed
        self.inode = inode
    }

    /// How long two changes can have the same time, by the coarsest clock of a common file system.
    private static let clockStep: Int64 = 20_000_000

    /// The stamp to remember of a file that was read at `time`.
    ///
    /// A file may change again within one tick of the file system's clock and look unchanged. One that was read
    /// within that tick is remembered with a time that no file has, so that it is looked into once more.
    public func settled(at time: Int64) -> FileStamp {
        guard time - changed < Self.clockStep else { return self }
        return FileStamp(size: size, modified: modified, changed: .min, inode: inode)
    }
}
