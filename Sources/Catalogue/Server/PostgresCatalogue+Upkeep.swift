import Postgres

// What keeps the database small and sound.
extension PostgresCatalogue {
    /// What was deleted is marked as room for others; when its bytes are written over, in the server's files and in its log, is
    /// the server's business.
    func erase() async throws {
        for table in try await tables() { try await read { try await $0.execute("VACUUM (ANALYZE) \(table)") } }
    }

    /// Indexes lie in the database, and go with their tables.
    func removeUnusedFiles() async throws {}

    func verify() async throws -> CatalogueVerification {
        var verification = CatalogueVerification()
        verification.photos = try await photoCount()
        for stored in try await spaces() {
            verification.models += 1
            verification.embeddings += stored.count
        }
        (verification.catalogueFaults, verification.byteCount) = (try await brokenRules(), try await byteCount())
        verification.indexFaults = try await dropInvalidIndexes()
        return verification
    }

    private func tables() async throws -> [String] {
        try await read { connection in
            try await connection.query(
                "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'lookalike' ORDER BY tablename"
            ).map { try $0.text(0) }
        }
    }

    private func byteCount() async throws -> Int {
        try await read { connection in
            try await connection.count(
                """
                SELECT coalesce(sum(pg_total_relation_size(quote_ident(tablename)::regclass)), 0)::bigint
                FROM pg_tables WHERE schemaname = 'lookalike'
                """)
        }
    }

    /// Those that nobody has finished building are dropped.
    private func dropInvalidIndexes() async throws -> [String] {
        try await read { connection in
            let invalid = try await connection.query(
                """
                SELECT quote_ident(index.relname) FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid
                WHERE NOT indisvalid AND index.relnamespace = 'lookalike'::regnamespace
                """
            ).map { try $0.text(0) }
            for name in invalid { try await connection.execute("DROP INDEX IF EXISTS \(name)") }
            return invalid.map { "the index \($0) was left half-built" }
        }
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
