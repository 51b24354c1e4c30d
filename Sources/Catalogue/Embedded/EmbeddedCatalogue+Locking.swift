import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension EmbeddedCatalogue {
    /// A lock on a file beside the catalogue, whose contents are nothing.
    func attemptLock() async throws(CatalogueError) -> CatalogueLock? {
        let file = try lockFile()
        guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            try? file.close()
            return nil
        }
        return CatalogueLock { try? file.close() }
    }

    private func lockFile() throws(CatalogueError) -> FileDescriptor {
        var path = path
        let name = path.lastComponent?.string ?? "catalogue"
        path.removeLastComponent()
        path.append("\(name).lock")
        do {
            return try FileDescriptor.open(
                path, .writeOnly, options: [.create, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
        } catch {
            throw .noPermission(location)
        }
    }
}
