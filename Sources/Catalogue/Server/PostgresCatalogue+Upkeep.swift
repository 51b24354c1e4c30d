import Postgres

// What keeps the database small and sound.
extension PostgresCatalogue {
    /// What was deleted is room for others, some day.
    func erase() async throws {}

    func compact() async throws {
        try await write { try await $0.markAllUnused() }
        try await sweep()
        try await everywhere { connection in
            for table in try await connection.ownTables() { try await connection.execute("VACUUM (ANALYZE) \(table)") }
        }
    }

    /// Indexes lie in the database, and go with their tables.
    func removeUnusedFiles() async throws {}

    func verify() async throws -> CatalogueVerification {
        var verification = CatalogueVerification()
        try await sweep()
        verification.photos = try await photoCount()
        for stored in try await spaces() {
            verification.models += 1
            verification.embeddings += stored.count
        }
        verification.catalogueFaults = try await brokenRules()
        verification.byteCount = try await everywhere { try await $0.ownByteCount() }.reduce(0, +)
        verification.indexFaults = try await dropInvalidIndexes()
        return verification
    }

    /// Unless somebody may be building them.
    private func dropInvalidIndexes() async throws -> [String] {
        guard let lock = try await graphLock() else { return [] }
        defer { _ = lock }
        return Array(try await everywhere { try await $0.dropInvalidIndexes() }.joined())
    }

    /// On the catalogue's own server and on all shards.
    @discardableResult
    private func everywhere<T: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) async throws -> T
    ) async throws -> [T] {
        let own = try await read(body)
        guard let cluster = try await cluster() else { return [own] }
        let others = try await attempts { try await ask(allOf: cluster) { try await body($1) } }
        return [own] + others.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Embeddings have no key to their contents, so that nobody but this sees whether one has lost them.
    private func brokenRules() async throws -> [String] {
        try await read { connection in
            var faults: [String] = []
            for row in try await connection.query("SELECT id, identity FROM space ORDER BY id") {
                let count = try await connection.count(
                    """
                    SELECT count(*) FROM embedding_\(try row.int32(0)) AS embedding
                    WHERE NOT EXISTS (SELECT 1 FROM content WHERE content.id = embedding.content)
                    """)
                if count > 0 { faults.append("\(count) embeddings of “\(try row.text(1))” are left without contents") }
            }
            return faults
        }
    }
}

// Of the schema that a session works in.
extension PostgresConnection {
    fileprivate func ownTables() async throws -> [String] {
        try await query(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema ORDER BY tablename"
        ).map { try $0.text(0) }
    }

    func ownByteCount() async throws -> Int {
        try await count(
            """
            SELECT coalesce(sum(pg_total_relation_size(quote_ident(tablename)::regclass)), 0)::bigint
            FROM pg_tables WHERE schemaname = current_schema
            """)
    }

    /// Those that nobody has finished building are dropped.
    fileprivate func dropInvalidIndexes() async throws -> [String] {
        let invalid = try await query(
            """
            SELECT quote_ident(index.relname) FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid
            WHERE NOT indisvalid AND index.relnamespace = current_schema::regnamespace
            """
        ).map { try $0.text(0) }
        for name in invalid { try await execute("DROP INDEX IF EXISTS \(name)") }
        return invalid.map { "the index \($0) was left half-built" }
    }
}
