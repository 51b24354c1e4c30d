import Postgres

extension PostgresCatalogue {
    func workList(of space: EmbeddingSpace) -> WorkList? { WorkList(of: space, in: self) }

    /// A copy that only follows another server does not see who holds locks there.
    func sharedWork() async throws -> SharedWork? {
        let row = try await read { connection in
            try await connection.query(
                """
                SELECT count(*), count(DISTINCT holder) FILTER (WHERE until > now()
                    AND (pg_is_in_recovery() OR NOT \(LoanHolder.hasGone(from: "task"))))
                FROM task
                """)[0]
        }
        return SharedWork(photos: Int(try row.int64(0)), runs: Int(try row.int64(1)))
    }
}
