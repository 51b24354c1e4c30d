import Hashing
import Postgres
import Vectors

// What models take photos for, which searches select by.
extension PostgresCatalogue {
    func typeCoverage(of space: EmbeddingSpace) async throws -> TypeCoverage {
        try await read { connection in
            let spaces = try await connection.query(
                "SELECT has_types FROM space WHERE identity = $1", [.text(space.identity)])
            return try spaces.first?.bool(0) ?? true ? .complete : .incomplete
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
        while case let page = try await contents(withoutTypeIn: table, after: last), let end = page.last {
            try Task.checkCancellation()
            let embeddings = try await embeddings(ofContents: page, space: space)
            let types = embeddings.map { (content: $0.key, type: Optional(type($0.value))) }
            try await write { try await $0.keepTypes(of: types, table) }
            last = end
        }
        try await write { connection in
            try await connection.query("UPDATE space SET has_types = true WHERE id = $1", [.int32(table.id)])
            try await connection.execute("ANALYZE garment")
        }
    }

    private static let typesAtOnce = 2048

    /// In the order of their numbers, embedded or not.
    private func contents(withoutTypeIn table: SpaceTable, after last: Int64) async throws -> [Int64] {
        try await read { connection in
            try await connection.query(
                """
                SELECT id FROM content WHERE id > $1 AND NOT EXISTS (
                    SELECT FROM garment WHERE garment.content = content.id AND garment.space = $2)
                ORDER BY id LIMIT \(Self.typesAtOnce)
                """, [.int64(last), .int32(table.id)]
            ).map { try $0.int64(0) }
        }
    }
}

extension PostgresConnection {
    /// Of contents that are known already. Where embeddings lie on shards, these keep them though the transaction that brings them
    /// fails, so that what goes with them has to be there before.
    func keepTypes(of types: [SHA256Digest: Int16], _ table: SpaceTable) async throws {
        let known = try await query(
            "SELECT digest, id FROM content WHERE digest = ANY ($1)", [.byteArrays(types.keys.map { Array($0.bytes) })])
        try await keepTypes(of: known.map { (try $0.int64(1), types[try $0.digest(0)]) }, table)
    }

    func noteMissingTypes(in table: SpaceTable) async throws {
        try await query("UPDATE space SET has_types = false WHERE id = $1 AND has_types", [.int32(table.id)])
    }

    /// Of embeddings that are written in the same transaction. Where the type of one is not known, the space has not all types.
    func keepTypes(of embeddings: [(content: Int64, type: Int16?)], _ table: SpaceTable) async throws {
        let types = embeddings.filter { $0.type != nil }.sorted { $0.content < $1.content }
        if types.count < embeddings.count { try await noteMissingTypes(in: table) }
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
