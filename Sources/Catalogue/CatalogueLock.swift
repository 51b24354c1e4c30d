/// Lets one process at a time bring a catalogue up to date, so that no photo is embedded twice.
///
/// Reading needs no lock. The system drops it with the process that holds it, however that ends.
public struct CatalogueLock: ~Copyable, Sendable {
    private let release: @Sendable () -> Void

    init(release: @escaping @Sendable () -> Void) { self.release = release }

    deinit { release() }
}

extension PhotoCatalogue {
    /// Waits for the lock for as long as another process has it. Throws a `CancellationError` in a task that is cancelled.
    public func lock() async throws -> CatalogueLock {
        while true {
            if let lock = try await attemptLock() { return lock }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
