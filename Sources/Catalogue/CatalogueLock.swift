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

    private init(file: FileDescriptor) {
        self.file = file
    }

    deinit { try? file.close() }

    /// Takes the lock, and first calls `onWaiting` where another process has it.
    public static func take(for catalogue: PhotoCatalogue, onWaiting: () -> Void) async throws -> CatalogueLock {
        let file = try open(for: catalogue)
        var hasWaited = false
        while flock(file.rawValue, LOCK_EX | LOCK_NB) != 0 {
            if !hasWaited { onWaiting() }
            hasWaited = true
            do { try await Task.sleep(for: .milliseconds(100)) } catch {
                try file.close()
                throw error
            }
        }
        return CatalogueLock(file: file)
    }

    private static func open(for catalogue: PhotoCatalogue) throws(CatalogueError) -> FileDescriptor {
        var path = catalogue.path
        path.removeLastComponent()
        path.append((catalogue.path.lastComponent?.string ?? "catalogue") + ".lock")
        do {
            return try FileDescriptor.open(
                path, .writeOnly, options: [.create, .closeOnExec], permissions: [.ownerReadWrite, .groupRead, .otherRead])
        } catch {
            throw .noPermission(catalogue.path)
        }
    }
}
