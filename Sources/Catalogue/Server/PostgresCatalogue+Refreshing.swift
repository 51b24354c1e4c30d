import Hashing
import Postgres
import SystemPackage

// What indexing asks.
extension PostgresCatalogue {
    func files(in folder: FilePath, space: EmbeddingSpace, judge: String) async throws
        -> [FilePath: RememberedFile]
    {
        let (lower, upper) = folder.bytesInside
        return try await read { [spaces] connection in
            let table = try await spaces.table(of: space, on: connection)
            let rows = try await connection.query(
                """
                SELECT reason, \(table.isEmbedded), digest, path, size, modified, changed, inode
                FROM photo JOIN content ON content.id = photo.content
                LEFT JOIN fault ON fault.content = content.id AND judge = $3
                WHERE path >= $1 AND path < $2
                """, [.bytes(lower), .bytes(upper), .text(judge)])
            return try rows.reduce(into: [:]) { $0[FilePath(bytes: try $1.bytes(3))] = try RememberedFile($1) }
        }
    }

    func states(of digests: [SHA256Digest], space: EmbeddingSpace, judge: String) async throws
        -> [SHA256Digest: ContentState]
    {
        try await read { [spaces] connection in
            let table = try await spaces.table(of: space, on: connection)
            let rows = try await connection.query(
                """
                SELECT reason, \(table.isEmbedded), digest FROM content
                LEFT JOIN fault ON fault.content = content.id AND judge = $2 WHERE digest = ANY ($1)
                """, [.byteArrays(digests.map { Array($0.bytes) }), .text(judge)])
            var states = Dictionary(digests.map { ($0, ContentState.new) }) { first, _ in first }
            for row in rows { states[try row.digest(2)] = try ContentState(row) }
            return states
        }
    }

    func forget(_ paths: [FilePath]) async throws {
        try await write { connection in
            try await connection.query(
                """
                WITH gone AS (DELETE FROM photo WHERE path = ANY ($1) RETURNING id, content)
                UPDATE content SET unused_since = now() WHERE id IN (SELECT content FROM gone)
                    AND NOT EXISTS (
                        SELECT 1 FROM photo WHERE photo.content = content.id AND photo.id NOT IN (SELECT id FROM gone))
                """, [.byteArrays(paths.map(\.bytes))])
            try await connection.dropContents(where: "unused_since < now() - interval '30 days'")
        }
    }

    func forget(photos paths: [FilePath]) async throws -> Int {
        try await write { connection in
            let count = try await connection.query(
                "DELETE FROM photo WHERE path = ANY ($1)", [.byteArrays(paths.map(\.bytes))]
            ).affectedCount
            try await connection.dropUnusedContents()
            return count
        }
    }
}

extension SpaceTable? {
    /// Whether a row's content is embedded, as an expression.
    fileprivate var isEmbedded: String {
        map { "EXISTS (SELECT 1 FROM \($0.name) AS embedding WHERE embedding.content = content.id)" } ?? "false"
    }
}

extension PostgresConnection {
    /// Those that no photo has any more.
    func dropUnusedContents() async throws {
        try await dropContents(where: "NOT EXISTS (SELECT 1 FROM photo WHERE photo.content = content.id)")
    }

    /// With all that is kept of them.
    func dropContents(where condition: String) async throws {
        let contents = try await query("DELETE FROM content WHERE \(condition) RETURNING id").map { try $0.int64(0) }
        guard !contents.isEmpty else { return }
        for row in try await query("SELECT id FROM space ORDER BY id") {
            try await query("DELETE FROM embedding_\(try row.int32(0)) WHERE content = ANY ($1)", [.int64s(contents)])
        }
    }
}

extension RememberedFile {
    /// From the reason of a fault, whether it is embedded, the digest, the path and the stamp.
    fileprivate init(_ row: PostgresRow) throws {
        self.init(
            stamp: FileStamp(
                size: try row.int64(4), modified: try row.int64(5), changed: try row.int64(6),
                inode: try row.int64(7)),
            digest: try row.digest(2), state: try ContentState(row))
    }
}

extension ContentState {
    /// From the reason of a fault and whether it is embedded.
    fileprivate init(_ row: PostgresRow) throws {
        if try row.bool(1) {
            self = .embedded
        } else if !row.isNull(0) {
            self = .faulty(try row.text(0))
        } else {
            self = .new
        }
    }
}

extension PostgresRow {
    func digest(_ column: Int) throws -> SHA256Digest {
        guard let digest = SHA256Digest(bytes: try bytes(column)) else {
            throw PostgresError.unexpectedValue("a digest has not 32 bytes")
        }
        return digest
    }
}
