public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that one process at a time has, made where there is none.
///
/// The system takes the lock away with the process that holds it, however that ends.
public struct LockedFile: ~Copyable {
    let file: FileDescriptor
    private let path: FilePath

    deinit { try? file.close() }

    /// Waits for as long as another process has the file; throws when the task is cancelled.
    public static func take(_ path: FilePath, whenTaken wait: () -> Void = {}) async throws -> LockedFile {
        if let file = try attempt(path) { return file }
        wait()
        while true {
            try await Task.sleep(for: .milliseconds(100))
            if let file = try attempt(path) { return file }
        }
    }

    /// `nil` where another process has the file; throws where the file system knows no locks.
    static func attempt(_ path: FilePath) throws(DownloadError) -> LockedFile? {
        let lock = LockedFile(file: try open(path), path: path)
        guard flock(lock.file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw .unwritable(path, Errno(rawValue: errno)) }
            return nil
        }
        guard lock.isInPlace else { return nil }
        return lock
    }

    /// Removes the file, for the next one to make it anew.
    public consuming func remove() { unlink(path.string) }

    private static func open(_ path: FilePath) throws(DownloadError) -> FileDescriptor {
        do {
            return try FileDescriptor.open(
                path, .readWrite, options: [.create, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
        } catch {
            throw .unwritable(path, error as? Errno ?? .ioError)
        }
    }

    /// Whoever had the lock before may have removed or renamed the file that was locked.
    private var isInPlace: Bool {
        var (mine, current) = (stat(), stat())
        return fstat(file.rawValue, &mine) == 0 && stat(path.string, &current) == 0 && mine.st_ino == current.st_ino
            && mine.st_dev == current.st_dev
    }
}
