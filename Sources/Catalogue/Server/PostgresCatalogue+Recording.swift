import Hashing
import Postgres
import SystemPackage
import Vectors

// What indexing tells.
extension PostgresCatalogue {
    func record(_ batch: [PhotoRecord], space: EmbeddingSpace) async throws {
        try await record(batch, space: space, returning: nil)
    }

    /// Of photos that were on somebody's loan, only what can be recorded; returns what was.
    @discardableResult
    func record(_ batch: [PhotoRecord], space: EmbeddingSpace, returning loans: LoanReturn?) async throws
        -> [PhotoRecord]
    {
        guard !batch.isEmpty else { return [] }
        try await keepTypes(aheadOf: batch, in: space)
        var kinds: [LocalFeatureKind: Int32] = [:]
        for kind in Set(batch.flatMap(\.localFeatures.keys)) { kinds[kind] = try await makeKind(kind) }
        return try await write(to: space) { [kinds, clusters] table, connection in
            let batch = try await loans?.finish(of: batch, in: table, on: connection) ?? batch
            let embeddings = try await EmbeddingWriting(to: table, on: connection, clusters)
            try await Recording(of: batch, kinds).write(to: connection, embeddings)
            return batch
        }
    }

    /// Shards keep embeddings even if the transaction that brings them fails, so of contents that are known already the types
    /// come first.
    private func keepTypes(aheadOf batch: [PhotoRecord], in space: EmbeddingSpace) async throws {
        guard try await cluster() != nil else { return }
        let types = Dictionary(batch.compactMap { record in record.type.map { (record.digest, $0) } }) { $1 }
        guard !types.isEmpty else { return }
        try await write(to: space) { try await $1.keepTypes(of: types, $0) }
    }

    func keep(_ embeddings: [(content: Int64, embedding: Embedding)], in space: EmbeddingSpace)
        async throws
    {
        guard !embeddings.isEmpty else { return }
        // For itself, too: shards keep embeddings whatever becomes of the transaction below.
        try await write(to: space) { try await $1.noteMissingTypes(in: $0) }
        try await write(to: space) { [clusters] table, connection in
            let known = try await connection.query(
                "SELECT id FROM content WHERE id = ANY ($1) ORDER BY id FOR KEY SHARE",
                [.int64s(embeddings.map(\.content))])
            let contents = Set(try known.map { try $0.int64(0) })
            let kept = embeddings.filter { contents.contains($0.content) && $0.embedding.isComparable }
            try await EmbeddingWriting(to: table, on: connection, clusters).insertNew(kept)
            try await connection.keepTypes(of: kept.map { ($0.content, nil) }, table)
        }
    }
}

/// A batch of files as it is written in one transaction. Of files with one path, the last counts.
private struct Recording: Sendable {
    private let records: [PhotoRecord]
    private let kinds: [LocalFeatureKind: Int32]

    /// Those who write at once take rows in the same order, so that none waits for one that waits for it.
    init(of batch: [PhotoRecord], _ kinds: [LocalFeatureKind: Int32]) {
        let last = Dictionary(batch.map { ($0.path, $0) }) { $1 }
        records = last.values.sorted { $0.digest.bytes.lexicographicallyPrecedes($1.digest.bytes) }
        self.kinds = kinds
    }

    func write(to connection: PostgresConnection, _ writing: EmbeddingWriting) async throws {
        guard !records.isEmpty else { return }
        let (contents, new) = try await contents(on: connection)
        try await writing.clear(new)
        try await writePhotos(contents, to: connection)
        var (embeddings, types) = ([Int64: Embedding](), [Int64: Int16?]())
        var faults: [Int64: (reason: String, judge: String)] = [:]
        for record in records {
            switch (record.finding, contents[record.digest]!) {
            case (.embedding(let embedding), let content) where embedding.isComparable:
                (embeddings[content], types[content]) = (embedding, .some(record.type))
            // pgvector refuses what cannot be compared: such a photo is embedded again by the next run.
            case (.embedding, _): break
            case (.fault(let reason, let judge), let content): faults[content] = (reason, judge)
            case (.known, _): break
            }
        }
        try await writing.insert(embeddings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, .replace)
        try await connection.keepTypes(of: types.map { ($0.key, $0.value) }, writing.table)
        try await connection.keep(faults)
        for (kind, id) in kinds {
            let features = records.compactMap { record in
                record.localFeatures[kind].map { (contents[record.digest]!, $0) }
            }
            try await connection.keep(Dictionary(features) { $1 }, ofKind: id)
        }
    }

    /// The numbers of the files' contents, none of which is forgotten before the transaction ends, and those that are new.
    private func contents(on connection: PostgresConnection) async throws
        -> (numbers: [SHA256Digest: Int64], new: [Int64])
    {
        var digests: [[UInt8]] = []
        for record in records where digests.last != Array(record.digest.bytes) {
            digests.append(Array(record.digest.bytes))
        }
        let answers = try await connection.pipeline([
            (
                """
                INSERT INTO content (digest) SELECT unnest($1::bytea[])
                ON CONFLICT (digest) DO UPDATE SET unused_since = NULL WHERE content.unused_since IS NOT NULL
                RETURNING id, xmax = 0
                """, [.byteArrays(digests)]
            ),
            ("SELECT digest, id FROM content WHERE digest = ANY ($1)", [.byteArrays(digests)]),
        ])
        let (written, known) = (answers[0], answers[1])
        return (
            try known.reduce(into: [:]) { $0[try $1.digest(0)] = try $1.int64(1) },
            try written.filter { try $0.bool(1) }.map { try $0.int64(0) }
        )
    }

    /// What lay in the same files before may now lie in none.
    private func writePhotos(_ contents: [SHA256Digest: Int64], to connection: PostgresConnection) async throws {
        let stamps = records.map(\.stamp)
        let before = try await connection.query(
            """
            WITH before AS (SELECT path, content FROM photo WHERE path = ANY ($1)),
            written AS (
                INSERT INTO photo (path, content, size, modified, changed, inode)
                SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
                ON CONFLICT (path) DO UPDATE SET content = excluded.content, size = excluded.size,
                    modified = excluded.modified, changed = excluded.changed, inode = excluded.inode
                RETURNING path, content)
            SELECT DISTINCT before.content FROM before JOIN written USING (path) WHERE before.content <> written.content
            """,
            [
                .byteArrays(records.map(\.path.bytes)), .int64s(records.map { contents[$0.digest]! }),
                .int64s(stamps.map(\.size)), .int64s(stamps.map(\.modified)), .int64s(stamps.map(\.changed)),
                .int64s(stamps.map(\.inode)),
            ])
        try await connection.markUnused(among: try before.map { try $0.int64(0) })
    }
}

extension PostgresConnection {
    fileprivate func keep(_ faults: [Int64: (reason: String, judge: String)]) async throws {
        guard !faults.isEmpty else { return }
        let faults = faults.sorted { $0.key < $1.key }
        try await query(
            """
            INSERT INTO fault (content, reason, judge) SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[])
            ON CONFLICT (content) DO UPDATE SET reason = excluded.reason, judge = excluded.judge
            """,
            [.int64s(faults.map(\.key)), .texts(faults.map(\.value.reason)), .texts(faults.map(\.value.judge))])
    }
}
