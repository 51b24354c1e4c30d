package import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that is being written beside the place that it takes when it is whole.
///
/// It is locked for as long as its writer lives; the system takes the lock away with the process, however that ends.
package struct UnfinishedFile: ~Copyable {
    static let prefix = "unfinished-sections-"
    private static let bufferSize = 1 << 20

    private let target: FilePath
    private let path: FilePath
    private let file: FileDescriptor
    private var buffer: [UInt8] = []
    /// With what is still in the buffer.
    package private(set) var length: Int
    /// Why writing failed: from then on the file has gaps and must not take its place.
    private var fault: Errno?

    /// Leaves room for `count` bytes that are written last.
    package init(for target: FilePath, reserving count: Int = 0) throws(Errno) {
        self.target = target
        length = count
        (path, file) = try Self.make(in: target.folder)
        buffer.reserveCapacity(Self.bufferSize)
    }

    /// Once the file has taken its place, nothing has this name any more.
    deinit {
        _ = path.withPlatformString { unlink($0) }
        try? file.close()
    }

    package mutating func append(_ bytes: some Collection<UInt8>) throws(Errno) {
        if buffer.count + bytes.count > Self.bufferSize { try flush() }
        if bytes.count >= Self.bufferSize {
            try write(bytes, at: length)
        } else {
            buffer.append(contentsOf: bytes)
        }
        length += bytes.count
    }

    package mutating func write(_ bytes: some Sequence<UInt8>, at offset: Int) throws(Errno) {
        try attempt { [file] in _ = try file.writeAll(toAbsoluteOffset: Int64(offset), bytes) }
    }

    /// Gives the file its name. Contents reach the disk before the name does, or a crash could leave a name for half of
    /// them; and the name does before this returns.
    package mutating func takePlace() throws(Errno) {
        try flush()
        try attempt { [file, path, target] in
            let folder = try FileDescriptor.open(target.folder, .readOnly, options: [.directory, .closeOnExec])
            defer { try? folder.close() }
            try succeed(fsync(file.rawValue))
            try succeed(path.withPlatformString { path in target.withPlatformString { rename(path, $0) } })
            try succeed(fsync(folder.rawValue))
        }
    }

    private mutating func flush() throws(Errno) {
        try write(buffer, at: length - buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }

    private mutating func attempt(_ work: () throws -> Void) throws(Errno) {
        if let fault { throw fault }
        do {
            try work()
        } catch {
            let error = error as? Errno ?? .ioError
            fault = error
            throw error
        }
    }
}

extension UnfinishedFile {
    /// Under a name that nobody has used before, so that a file once found abandoned cannot have become another.
    private static func make(in folder: FilePath) throws(Errno) -> (FilePath, FileDescriptor) {
        while true {
            let path = folder.appending(prefix + String(UInt64.random(in: 0...(.max)), radix: 16))
            let file = try open(path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec])
            // Whoever removes abandoned files may have come upon this one before it was locked.
            // Where a file system knows no locks, nobody can take the file for abandoned either.
            if lock(file) || errno != EWOULDBLOCK, isFile(file, at: path) { return (path, file) }
            try? file.close()
        }
    }

    static func open(
        _ path: FilePath, _ mode: FileDescriptor.AccessMode, options: FileDescriptor.OpenOptions
    ) throws(Errno) -> FileDescriptor {
        do {
            return try FileDescriptor.open(
                path, mode, options: options, permissions: [.ownerReadWrite, .groupRead, .otherRead])
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    /// `false` where somebody else has it.
    static func lock(_ file: FileDescriptor) -> Bool { flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 }

    /// Whether it is a regular file, and nobody has removed it or put another in its place.
    static func isFile(_ file: FileDescriptor, at path: FilePath) -> Bool {
        var (mine, current) = (stat(), stat())
        return fstat(file.rawValue, &mine) == 0 && path.withPlatformString { lstat($0, &current) } == 0
            && mine.st_ino == current.st_ino && mine.st_dev == current.st_dev && mine.st_mode & S_IFMT == S_IFREG
    }
}

/// Throws what the system says of a call that failed.
private func succeed(_ result: CInt) throws(Errno) {
    guard result == 0 else { throw Errno(rawValue: errno) }
}

extension FilePath {
    fileprivate var folder: FilePath {
        let folder = removingLastComponent()
        return folder.isEmpty ? "." : folder
    }
}
