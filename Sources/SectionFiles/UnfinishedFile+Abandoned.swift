import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension UnfinishedFile {
    /// Removes from a folder what writers left there whose processes have ended, and returns the files' paths.
    static func removeAbandoned(in folder: FilePath) throws(Errno) -> [FilePath] {
        let names = try names(in: folder)
        return names.filter { isName($0.string) }.map(folder.appending).filter(removeIfAbandoned)
    }

    private static func isName(_ name: String) -> Bool {
        name.hasPrefix(prefix) && UInt64(name.dropFirst(prefix.count), radix: 16) != nil
    }

    private static func removeIfAbandoned(_ path: FilePath) -> Bool {
        guard let file = try? open(path, .readOnly, options: [.nonBlocking, .noFollow, .closeOnExec]) else {
            return false
        }
        defer { try? file.close() }
        return isFile(file, at: path) && lock(file) && path.withPlatformString { unlink($0) } == 0
    }

    private static func names(in folder: FilePath) throws(Errno) -> [FilePath.Component] {
        guard let stream = folder.withPlatformString({ opendir($0) }) else { throw Errno(rawValue: errno) }
        defer { closedir(stream) }
        var names: [FilePath.Component] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { FilePath.Component(platformString: $0) }
            }
            if let name { names.append(name) }
        }
        return names
    }
}
