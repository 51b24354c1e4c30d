import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What has come of a file so far: `NAME.part` beside the place where the file is to lie.
///
/// `NAME.part.origin` keeps where its bytes are from and which version of the file they belong to. It is locked, since
/// bytes of two processes in one file would be of no use.
final class PartialFile {
    private let target: FilePath
    private let lock: LockedFile
    private(set) var size: Int

    /// Waits for as long as another process has it.
    static func take(for target: FilePath, _ cancellation: Cancellation, whenTaken wait: () -> Void) throws
        -> PartialFile
    {
        if let lock = try LockedFile.attempt(path(for: target)) { return try PartialFile(lock, for: target) }
        wait()
        while true {
            try cancellation.sleep(0.1)
            if let lock = try LockedFile.attempt(path(for: target)) { return try PartialFile(lock, for: target) }
        }
    }

    private init(_ lock: consuming LockedFile, for target: FilePath) throws {
        self.target = target
        size = Int(try lock.file.seek(offset: 0, from: .end))
        self.lock = lock
    }

    /// An empty one is worth nothing to anybody.
    deinit { if size == 0 { discard() } }

    var path: FilePath { Self.path(for: target) }

    private static func path(for target: FilePath) -> FilePath {
        target.removingLastComponent().appending((target.lastComponent?.string ?? "download") + ".part")
    }

    private var origin: FilePath { FilePath(path.string + ".origin") }

    /// What the server compares before it sends the rest; `nil` where only the whole file can be asked for.
    func validator(of address: WebAddress) -> String? {
        guard size > 0, let lines = try? origin.text.split(separator: "\n"),
            lines.count == 2, lines[0] == address.description
        else { return nil }
        return String(lines[1])
    }

    /// Forgets what has come, and notes what comes from now on.
    func restart(from address: WebAddress, validator: String?) throws(DownloadError) {
        unlink(origin.string)
        try writing {
            try lock.file.resize(to: 0)
            size = 0
            if let validator { try origin.write("\(address)\n\(validator)\n") }
        }
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws(DownloadError) {
        try writing { size += try lock.file.writeAll(toAbsoluteOffset: Int64(size), bytes) }
    }

    /// Gives the file its name; whoever looks for it there finds all of it.
    func finish() throws(DownloadError) {
        try writing {
            guard rename(path.string, target.string) == 0 else { throw Errno(rawValue: errno) }
            unlink(origin.string)
        }
    }

    func discard() {
        unlink(path.string)
        unlink(origin.string)
    }

    private func writing(_ write: () throws -> Void) throws(DownloadError) {
        do { try write() } catch { throw .unwritable(path, error as? Errno ?? .ioError) }
    }
}
