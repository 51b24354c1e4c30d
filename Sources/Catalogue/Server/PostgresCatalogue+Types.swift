import Postgres
import Vectors

// What models take photos for, which searches select by.
extension PostgresCatalogue {
    func hasTypes(of space: EmbeddingSpace) async throws -> Bool? {
        try await read { connection in
            try await connection.query("SELECT has_types FROM space WHERE identity = $1", [.text(space.identity)])
                .first?.bool(0) ?? true
        }
    }

    func types(ofContents contents: [Int64], space: EmbeddingSpace) async throws -> [Int64: Int16] {
        try await read(space, else: [:]) { table, connection in
            let rows = try await connection.query(
                "SELECT content, type::integer FROM garment WHERE space = $1 AND content = ANY ($2)",
                [.int32(table.id), .int64s(contents)])
            return try rows.reduce(into: [:]) { $0[try $1.int64(0)] = Int16(try $1.int32(1)) }
        }
    }

    func keepTypes(of space: EmbeddingSpace, by type: @Sendable (Embedding) -> Int16) async throws {
        guard let table = try await table(of: space) else { return }
        var last = Int64.min
        while case let page = try await embeddings(of: space, after: last, limit: Self.typesAtOnce), let end = page.last
        {
            let types = page.map { (content: $0.content, type: Optional(type($0.embedding))) }
            try await write { try await $0.keepTypes(of: types, table) }
            last = end.content
        }
        try await write { connection in
            try await connection.query("UPDATE space SET has_types = true WHERE id = $1", [.int32(table.id)])
            try await connection.execute("ANALYZE garment")
        }
    }

    private static let typesAtOnce = 2048
}

extension PostgresConnection {
    /// Of embeddings that are written in the same transaction. Where the type of one is not known, the space has not all types.
    func keepTypes(of embeddings: [(content: Int64, type: Int16?)], _ table: SpaceTable) async throws {
        let types = embeddings.filter { $0.type != nil }.sorted { $0.content < $1.content }
        if types.count < embeddings.count {
            try await query("UPDATE space SET has_types = false WHERE id = $1 AND has_types", [.int32(table.id)])
        }
        guard !types.isEmpty else { return }
        try await query(
            """
            INSERT INTO garment (space, content, type)
            SELECT $1, new.content, new.type FROM unnest($2::bigint[], $3::bigint[]) AS new (content, type)
                JOIN content ON content.id = new.content
            ON CONFLICT (content, space) DO UPDATE SET type = excluded.type WHERE garment.type <> excluded.type
            """,
            [.int32(table.id), .int64s(types.map(\.content)), .int64s(types.map { Int64($0.type ?? 0) })])
    }
}
