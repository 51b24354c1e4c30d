public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file system in memory that holds little.
public final class SmallDisk {
    public let path: FilePath

    /// `nil` where none can be made.
    public init?(at path: FilePath, kilobytes: Int) {
        self.path = path
        guard geteuid() == 0, mkdir(path.string, 0o777) == 0 else { return nil }
        #if canImport(Glibc)
            guard mount("none", path.string, "tmpfs", 0, "size=\(kilobytes)k") == 0 else { return nil }
        #else
            return nil
        #endif
    }

    public static var canBeMade: Bool {
        let folder = TemporaryFolder()
        return SmallDisk(at: folder.appending("disk"), kilobytes: 100) != nil
    }

    deinit {
        #if canImport(Glibc)
            umount(path.string)
        #endif
    }
}
