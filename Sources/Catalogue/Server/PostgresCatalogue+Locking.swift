import Postgres

extension PostgresCatalogue {
    /// A lock of the server's that goes with the session which took it.
    func attemptLock() async throws -> CatalogueLock? {
        guard let session = try await lockedSession() else { return nil }
        return CatalogueLock {
            do { try await session.query("SELECT 1") } catch let error as PostgresError {
                throw CatalogueError(error, at: location)
            }
        } release: {
            withExtendedLifetime(session) {}
        }
    }

    private func lockedSession() async throws -> PostgresConnection? {
        try await attempts { [pool] in
            let session = try await pool.session()
            // It says nothing for as long as a run takes. Servers like PostgreSQL may not know the setting.
            try await session.query(
                "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout'")
            let isTaken = try await session.query(
                "SELECT pg_try_advisory_lock($1, 1)", [.int32(PostgresSchema.lockClass)])[0].bool(0)
            return isTaken ? session : nil
        }
    }
}
