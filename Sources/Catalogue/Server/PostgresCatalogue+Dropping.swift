import Postgres

// What is forgotten goes with all that is kept of it.
extension PostgresCatalogue {
    /// A transaction that drops contents, and returns which. Where shards hold their embeddings, these go when it is done; those
    /// of a shard that does not answer stay behind, and belong to nothing.
    func dropping<T: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) async throws -> (value: T, contents: [Int64])
    ) async throws -> T {
        let (value, contents, cluster) = try await write { [clusters] connection in
            let (value, contents) = try await body(connection)
            let cluster = contents.isEmpty ? nil : try await clusters.locked(on: connection)
            if cluster == nil { try await connection.dropEmbeddings(of: contents) }
            return (value, contents, cluster)
        }
        if let cluster {
            let tables = try await read { try await $0.spaceTables() }
            _ = try await cluster.ask(within: nil) { _, connection in
                for table in tables { try await connection.dropEmbeddings(of: contents, in: table) }
            }
        }
        return value
    }
}

extension PostgresConnection {
    /// Photos that meet a condition, and the contents that no photo has any more since some time; returns how many photos, and
    /// which contents. Whoever has one of the photos on loan cannot record it any more.
    func forgetPhotos(
        where condition: String, _ parameters: [PostgresValue], droppingContentsUnusedFor interval: String
    ) async throws -> (value: Int, contents: [Int64]) {
        try await query("DELETE FROM task WHERE \(condition)", parameters)
        let gone = try await query("DELETE FROM photo WHERE \(condition) RETURNING content", parameters)
            .map { try $0.int64(0) }
        try await markUnused(among: gone)
        return (gone.count, try await dropUnusedContents(since: interval))
    }

    /// Those of some contents that no photo has any more. They are locked by a statement of its own: of two who take the last
    /// photos of one at once, the later then sees what the other did.
    func markUnused(among contents: [Int64]) async throws {
        guard !contents.isEmpty else { return }
        _ = try await pipeline([
            ("SELECT 1 FROM content WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE", [.int64s(contents)]),
            (
                """
                UPDATE content SET unused_since = now() WHERE id = ANY ($1)
                    AND NOT EXISTS (SELECT 1 FROM photo WHERE photo.content = content.id)
                """, [.int64s(contents)]
            ),
        ])
    }

    /// The same of all that earlier versions may have left unmarked.
    func markAllUnused() async throws {
        try await query(
            """
            UPDATE content SET unused_since = now() WHERE unused_since IS NULL
                AND NOT EXISTS (SELECT 1 FROM photo WHERE photo.content = content.id)
            """)
    }

    /// All but the embeddings of those that have been marked as unused for some time. What is marked may have got a photo while it
    /// was being marked.
    private func dropUnusedContents(since interval: String) async throws -> [Int64] {
        try await query(
            """
            DELETE FROM content WHERE unused_since <= now() - $1::text::interval
                AND NOT EXISTS (SELECT 1 FROM photo WHERE photo.content = content.id) RETURNING id
            """, [.text(interval)]
        ).map { try $0.int64(0) }
    }

    /// Of all spaces.
    func spaceTables() async throws -> [SpaceTable] {
        try await query("SELECT id, dimension FROM space ORDER BY id").map {
            SpaceTable(id: try $0.int32(0), dimension: Int(try $0.int32(1)))
        }
    }

    fileprivate func dropEmbeddings(of contents: [Int64]) async throws {
        guard !contents.isEmpty else { return }
        for table in try await spaceTables() { try await dropEmbeddings(of: contents, in: table) }
    }

    func dropEmbeddings(of contents: [Int64], in table: SpaceTable) async throws {
        try await query("DELETE FROM \(table.name) WHERE content = ANY ($1)", [.int64s(contents)])
    }
}
