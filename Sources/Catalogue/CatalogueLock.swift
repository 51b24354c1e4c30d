import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Lets one process at a time bring a catalogue up to date, so that no photo is embedded twice.
///
/// Reading needs no lock. The system drops it with the process that holds it, however that ends.
public struct CatalogueLock: ~Copyable {
    private let file: FileDescriptor

    deinit { try? file.close() }

    /// Waits for the lock for as long as another process has it; throws when the task is cancelled.
    public static func take(for catalogue: PhotoCatalogue) async throws -> CatalogueLock {
        while true {
            if let lock = try attempt(for: catalogue) { return lock }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// `nil` where another process has the lock.
    public static func attempt(for catalogue: PhotoCatalogue) throws(CatalogueError) -> CatalogueLock? {
        let lock = CatalogueLock(file: try open(for: catalogue))
        guard flock(lock.file.rawValue, LOCK_EX | LOCK_NB) == 0 else { return nil }
        return lock
    }

    private static func open(for catalogue: PhotoCatalogue) throws(CatalogueError) -> FileDescriptor {
        var path = catalogue.path
        path.removeLastComponent()
        path.append((catalogue.path.lastComponent?.string ?? "catalogue") + ".lock")
        do {
            return try FileDescriptor.open(
                path, .writeOnly, options: [.create, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
        } catch {
            throw .noPermission(catalogue.path)
        }
    }
}
