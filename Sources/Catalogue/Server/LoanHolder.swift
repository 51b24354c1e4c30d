import Postgres

/// Who has photos on loan. A lock of the server's says that it is there, and goes with the session that took it: when a process is
/// killed, at once.
///
/// A pooler that lends sessions for a transaction keeps the lock beyond its holder's end, or loses it before. Then loans end by
/// their time, or too early, which costs work and no photo.
actor LoanHolder {
    /// Tells it from all others, and is the second half of its lock's key.
    nonisolated let number = Int32.random(in: 1 ... .max)
    private let catalogue: PostgresCatalogue
    private var current: Task<PostgresConnection, any Error>?

    /// Holds no session before it is asked for one.
    init(in catalogue: PostgresCatalogue) { self.catalogue = catalogue }

    /// Sees to it that the lock is held.
    func appear() async throws { _ = try await session() }

    /// Runs a statement on the session that has the lock, which notices if the server has ended it. Then another takes its place.
    func run(_ statement: String, _ parameters: [PostgresValue]) async throws {
        do { try await session().query(statement, parameters) } catch PostgresError.connectionLost {
            try await session().query(statement, parameters)
        }
    }

    private func session() async throws -> PostgresConnection {
        while true {
            let known = current
            if let session = try? await known?.value, await session.isIdle { return session }
            // Another task may have seen to it meanwhile.
            guard known == current else { continue }
            let next = Task { try await open() }
            current = next
            return try await next.value
        }
    }

    /// The lock is shared, since the server may not know yet that the session before this one has ended.
    private nonisolated func open() async throws -> PostgresConnection {
        try await catalogue.attempts { [pool = catalogue.pool] in
            let session = try await pool.session()
            try await session.query(
                "SELECT pg_advisory_lock_shared($1, $2)", [.int32(PostgresSchema.loanLockClass), .int32(number)])
            return session
        }
    }

    /// Whether nobody is there any more who has what a row of a table says, as an expression.
    static func hasGone(from table: String) -> String {
        """
        (\(table).holder IS NOT NULL AND \(table).holder::oid NOT IN (
            SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = \(PostgresSchema.loanLockClass)
                AND objsubid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())))
        """
    }
}
