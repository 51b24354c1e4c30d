import Postgres

/// What only one process does at a time, as the second half of a lock's key.
enum ServerLock: Int32 {
    /// Brings a catalogue up to date.
    case run = 1
    /// Writes embeddings, which many do at a time, or moves them, which one does.
    case embeddings = 2
    /// Makes or changes a cluster, or builds and drops graphs.
    case graphs = 3
}

extension PostgresCatalogue {
    /// A lock of the server's that goes with the session which took it.
    func attemptLock() async throws -> CatalogueLock? { try await attemptLock(.run) }

    /// The lock of those who change a cluster or build graphs; `nil` where another is at it, and not just done.
    func graphLock() async throws -> CatalogueLock? {
        for _ in 0..<20 {
            if let lock = try await attemptLock(.graphs) { return lock }
            try await Task.sleep(for: .milliseconds(100))
        }
        return nil
    }

    private func attemptLock(_ kind: ServerLock) async throws -> CatalogueLock? {
        guard let session = try await lockedSession(kind) else { return nil }
        return CatalogueLock {
            do { try await session.query("SELECT 1") } catch let error as PostgresError {
                throw CatalogueError(error, at: location)
            }
        } release: {
            withExtendedLifetime(session) {}
        }
    }

    private func lockedSession(_ kind: ServerLock) async throws -> PostgresConnection? {
        try await attempts { [pool] in
            let session = try await pool.session()
            try await session.mayIdle()
            let isTaken = try await session.query(
                "SELECT pg_try_advisory_lock($1, $2)", [.int32(PostgresSchema.lockClass), .int32(kind.rawValue)]
            )[0].bool(0)
            return isTaken ? session : nil
        }
    }
}

extension PostgresConnection {
    /// Lasts though nothing is said for as long as a run takes. Servers like PostgreSQL may not know the setting.
    func mayIdle() async throws {
        try await query("SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout'")
    }
}
