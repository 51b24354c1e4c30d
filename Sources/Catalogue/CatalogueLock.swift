/// Lets one process at a time bring a catalogue up to date, so that no photo is embedded twice.
///
/// Reading needs no lock. The system drops it with the process that holds it, however that ends.
public struct CatalogueLock: ~Copyable, Sendable {
    private let ask: @Sendable () async throws -> Void
    private let release: @Sendable () -> Void

    init(
        confirm ask: @escaping @Sendable () async throws -> Void = {}, release: @escaping @Sendable () -> Void
    ) {
        (self.ask, self.release) = (ask, release)
    }

    deinit { release() }

    /// To be called before what another process must not do at the same time. Throws a `CatalogueError` where a server has ended
    /// the session that had the lock, as its operator may, or cannot be asked.
    public func confirm() async throws { try await ask() }
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
