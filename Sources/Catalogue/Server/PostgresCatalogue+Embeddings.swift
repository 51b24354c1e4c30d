import Hashing
import Postgres
import SystemPackage
import Vectors

// What is asked of a space's embeddings.
extension PostgresCatalogue {
    func embeddingCount(in folder: FilePath, space: EmbeddingSpace) async throws -> Int {
        let (lower, upper) = folder.bytesInside
        try await checkShards()
        return try await read(space, else: 0) { table, connection in
            try await connection.count(
                """
                SELECT count(*) FROM photo JOIN \(table.name) AS embedding USING (content)
                WHERE path >= $1 AND path < $2
                """, [.bytes(lower), .bytes(upper)])
        }
    }

    /// Where the shard is missing that holds the embedding, as if there were none: whoever has the photo can embed it anew.
    func embedding(of digest: SHA256Digest, space: EmbeddingSpace) async throws
        -> (content: Int64, embedding: Embedding?)?
    {
        let content = try await read { connection in
            try await connection.query("SELECT id FROM content WHERE digest = $1", [.bytes(Array(digest.bytes))])
                .first.map { try $0.int64(0) }
        }
        guard let content else { return nil }
        let found = try await gatherWhatIsThere(space, .search, of: [content], Self.embeddings).answers
        return (content, found.first?.first?.embedding)
    }

    func embeddings(ofContents contents: [Int64], space: EmbeddingSpace) async throws
        -> [Int64: Embedding]
    {
        let found = try await gather(space, .search, of: contents, Self.embeddings).joined()
        return Dictionary(found.map { ($0.content, $0.embedding) }) { first, _ in first }
    }

    /// Of the contents that are looked for.
    private static func embeddings(_ held: HeldEmbeddings) async throws -> [(content: Int64, embedding: Embedding)] {
        try await held.connection.query(
            "SELECT content, vector FROM \(held.table.name) WHERE content = ANY ($1)", [.int64s(held.contents)]
        ).map { (try $0.int64(0), Embedding(try $0.floats(1))) }
    }

    func embeddings(
        in folder: FilePath, after path: FilePath?, limit: Int, space: EmbeddingSpace
    ) async throws -> [(photo: Photo, embedding: Embedding)] {
        var last = path
        while true {
            let photos = try await photos(inside: folder, after: last, limit)
            guard let end = photos.last else { return [] }
            let embeddings = try await embeddings(ofContents: Set(photos.map(\.content)).sorted(), space: space)
            let page = photos.compactMap { photo in embeddings[photo.content].map { (photo, $0) } }
            if !page.isEmpty { return page }
            last = end.path
        }
    }

    /// Faulty files are among them.
    private func photos(inside folder: FilePath, after path: FilePath?, _ limit: Int) async throws -> [Photo] {
        let (lower, upper) = folder.bytesInside
        return try await photos(
            """
            SELECT \(Photo.serverColumns) FROM photo JOIN content ON content.id = photo.content
            WHERE path > $1 AND path < $2 ORDER BY path LIMIT $3
            """, [.bytes(path?.bytes ?? lower), .bytes(upper), .int64(Int64(limit))])
    }

    func embeddings(of space: EmbeddingSpace, after content: Int64, limit: Int) async throws
        -> [(content: Int64, embedding: Embedding)]
    {
        let pages = try await gather(space) { held in
            try await held.page(of: "SELECT content, vector FROM \(held.table.name)", after: content, limit)
        }
        return Self.merged(pages, limit)
    }

    func embeddings(
        of space: EmbeddingSpace, missingIn other: EmbeddingSpace, after content: Int64, limit: Int
    ) async throws -> [(content: Int64, embedding: Embedding)] {
        let other = try await table(of: other)
        let pages = try await gather(space) { held in
            let missing = other.map {
                "NOT EXISTS (SELECT FROM \($0.name) AS other WHERE other.content = embedding.content)"
            }
            return try await held.page(
                of: "SELECT content, vector FROM \(held.table.name) AS embedding", and: missing ?? "true",
                after: content,
                limit)
        }
        return Self.merged(pages, limit)
    }

    /// The first of all, in the order of contents' numbers.
    private static func merged(_ pages: [[(content: Int64, embedding: Embedding)]], _ limit: Int)
        -> [(content: Int64, embedding: Embedding)]
    {
        guard pages.count > 1 else { return pages.first ?? [] }
        return Array(pages.joined().sorted { $0.content < $1.content }.prefix(limit))
    }

    /// Of shards, from those that are there: the same as if all were one.
    func sample(_ limit: Int, of space: EmbeddingSpace) async throws
        -> [(content: Int64, embedding: Embedding)]
    {
        let (bounds, missing) = try await gatherWhatIsThere(space, .search) { try await $0.bounds() }
        if bounds.isEmpty, !missing.isEmpty { throw CatalogueError(missing, at: location) }
        guard let first = bounds.compactMap(\.?.lowerBound).min(), let last = bounds.compactMap(\.?.upperBound).max()
        else { return [] }
        let step = max(1, (last - first + 1) / Int64(limit))
        let (samples, _) = try await gatherWhatIsThere(space, .search) { held in
            try await held.sample(limit, of: first...last, every: step)
        }
        var found: [Int64: (content: Int64, embedding: Embedding)] = [:]
        for one in samples.joined() {
            let place = (one.content - first) / step
            if found[place].map({ one.content < $0.content }) ?? true { found[place] = one }
        }
        return Array(found.sorted { $0.key < $1.key }.map(\.value).prefix(limit))
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

extension HeldEmbeddings {
    /// In the order of contents' numbers.
    fileprivate func page(of rows: String, and wanted: String = "true", after content: Int64, _ limit: Int) async throws
        -> [(content: Int64, embedding: Embedding)]
    {
        try await connection.query(
            "\(rows) WHERE content > $1 AND \(condition) AND \(wanted) ORDER BY content LIMIT $2",
            [.int64(content), .int64(Int64(limit))]
        ).map { (try $0.int64(0), Embedding(try $0.floats(1))) }
    }

    /// The numbers of its contents; `nil` where there are none.
    fileprivate func bounds() async throws -> ClosedRange<Int64>? {
        let row = try await connection.query("SELECT min(content), max(content) FROM \(table.name)")[0]
        return row.isNull(0) ? nil : try row.int64(0)...row.int64(1)
    }

    /// The first of each so many numbers.
    fileprivate func sample(_ limit: Int, of contents: ClosedRange<Int64>, every step: Int64) async throws
        -> [(content: Int64, embedding: Embedding)]
    {
        try await connection.query(
            """
            SELECT content, vector FROM generate_series($1::bigint, $2, $3) AS start CROSS JOIN LATERAL (
                SELECT content, vector FROM \(table.name)
                WHERE content >= start AND content < start + $3 AND \(condition) ORDER BY content LIMIT 1) AS one
            LIMIT $4
            """, [.int64(contents.lowerBound), .int64(contents.upperBound), .int64(step), .int64(Int64(limit))]
        ).map { (try $0.int64(0), Embedding(try $0.floats(1))) }
    }
}
