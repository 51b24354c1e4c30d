import Hashing
import Postgres
import SystemPackage
import Vectors

// What is asked of a space's embeddings.
extension PostgresCatalogue {
    func embeddingCount(in folder: FilePath, space: EmbeddingSpace) async throws -> Int {
        let (lower, upper) = folder.bytesInside
        return try await read(space, else: 0) { table, connection in
            try await connection.count(
                """
                SELECT count(*) FROM photo JOIN \(table.name) AS embedding USING (content)
                WHERE path >= $1 AND path < $2
                """, [.bytes(lower), .bytes(upper)])
        }
    }

    func embedding(of digest: SHA256Digest, space: EmbeddingSpace) async throws
        -> (content: Int64, embedding: Embedding?)?
    {
        try await read { [spaces] connection in
            let table = try await spaces.table(of: space, on: connection)
            let vector = table.map { "(SELECT vector FROM \($0.name) WHERE content = content.id)" } ?? "NULL::vector"
            let row = try await connection.query(
                "SELECT id, \(vector) FROM content WHERE digest = $1", [.bytes(Array(digest.bytes))]
            ).first
            return try row.map { row in
                (content: try row.int64(0), embedding: row.isNull(1) ? nil : Embedding(try row.floats(1)))
            }
        }
    }

    func embeddings(ofContents contents: [Int64], space: EmbeddingSpace) async throws
        -> [Int64: Embedding]
    {
        try await read(space, else: [:]) { table, connection in
            let rows = try await connection.query(
                "SELECT content, vector FROM \(table.name) WHERE content = ANY ($1)", [.int64s(contents)])
            return try rows.reduce(into: [:]) { $0[try $1.int64(0)] = Embedding(try $1.floats(1)) }
        }
    }

    func embeddings(
        in folder: FilePath, after path: FilePath?, limit: Int, space: EmbeddingSpace
    ) async throws -> [(photo: Photo, embedding: Embedding)] {
        let (lower, upper) = folder.bytesInside
        return try await read(space, else: []) { table, connection in
            try await connection.query(
                """
                SELECT \(Photo.serverColumns), vector FROM photo JOIN content ON content.id = photo.content
                JOIN \(table.name) AS embedding ON embedding.content = photo.content
                WHERE path > $1 AND path < $2 ORDER BY path LIMIT $3
                """, [.bytes(path?.bytes ?? lower), .bytes(upper), .int64(Int64(limit))]
            ).map { (try Photo($0), Embedding(try $0.floats(5))) }
        }
    }

    func embeddings(of space: EmbeddingSpace, after content: Int64, limit: Int) async throws
        -> [(content: Int64, embedding: Embedding)]
    {
        try await read(space, else: []) { table, connection in
            try await connection.query(
                "SELECT content, vector FROM \(table.name) WHERE content > $1 ORDER BY content LIMIT $2",
                [.int64(content), .int64(Int64(limit))]
            ).map { (try $0.int64(0), Embedding(try $0.floats(1))) }
        }
    }

    func embeddings(
        of space: EmbeddingSpace, missingIn other: EmbeddingSpace, after content: Int64, limit: Int
    ) async throws -> [(content: Int64, embedding: Embedding)] {
        try await read(space, else: []) { [spaces] table, connection in
            let other = try await spaces.table(of: other, on: connection)
            let isMissing = other.map {
                "NOT EXISTS (SELECT 1 FROM \($0.name) AS other WHERE other.content = embedding.content)"
            }
            return try await connection.query(
                """
                SELECT content, vector FROM \(table.name) AS embedding WHERE content > $1 AND \(isMissing ?? "true")
                ORDER BY content LIMIT $2
                """, [.int64(content), .int64(Int64(limit))]
            ).map { (try $0.int64(0), Embedding(try $0.floats(1))) }
        }
    }

    func sample(_ limit: Int, of space: EmbeddingSpace) async throws
        -> [(content: Int64, embedding: Embedding)]
    {
        try await read(space, else: []) { table, connection in
            let bounds = try await connection.query("SELECT min(content), max(content) FROM \(table.name)")[0]
            guard !bounds.isNull(0) else { return [] }
            let (first, last) = (try bounds.int64(0), try bounds.int64(1))
            let step = max(1, (last - first + 1) / Int64(limit))
            return try await connection.query(
                """
                SELECT content, vector FROM generate_series($1::bigint, $2, $3) AS start CROSS JOIN LATERAL (
                    SELECT content, vector FROM \(table.name) WHERE content >= start AND content < start + $3
                    ORDER BY content LIMIT 1) AS one
                LIMIT $4
                """, [.int64(first), .int64(last), .int64(step), .int64(Int64(limit))]
            ).map { (try $0.int64(0), Embedding(try $0.floats(1))) }
        }
    }

    /// Something else where nothing was embedded in the space yet.
    func read<T: Sendable>(
        _ space: EmbeddingSpace, else other: T,
        _ body: @escaping @Sendable (SpaceTable, PostgresConnection) async throws -> T
    ) async throws -> T {
        try await read { [spaces] connection in
            guard let table = try await spaces.table(of: space, on: connection) else { return other }
            return try await body(table, connection)
        }
    }

    /// The same for what nobody needs any more whose task is cancelled.
    func search<T: Sendable>(
        _ space: EmbeddingSpace, else other: T,
        _ body: @escaping @Sendable (SpaceTable, PostgresConnection) async throws -> T
    ) async throws -> T {
        try await search { [spaces] connection in
            guard let table = try await spaces.table(of: space, on: connection) else { return other }
            return try await body(table, connection)
        }
    }
}
