import Hashing
import Postgres
import SystemPackage

// What indexing asks.
extension PostgresCatalogue {
    func files(in folder: FilePath, space: EmbeddingSpace, judge: String) async throws
        -> [FilePath: RememberedFile]
    {
        let (lower, upper) = folder.bytesInside
        try await checkShards()
        return try await read { [spaces] connection in
            let table = try await spaces.table(of: space, on: connection)
            let rows = try await connection.query(
                """
                SELECT reason, \(table.isEmbedded), digest, path, size, modified, changed, inode
                FROM photo JOIN content ON content.id = photo.content
                \(table.join) LEFT JOIN fault ON fault.content = content.id AND judge = $3
                WHERE path >= $1 AND path < $2
                """, [.bytes(lower), .bytes(upper), .text(judge)])
            return try rows.reduce(into: [:]) { $0[FilePath(bytes: try $1.bytes(3))] = try RememberedFile($1) }
        }
    }

    func states(of digests: [SHA256Digest], space: EmbeddingSpace, judge: String) async throws
        -> [SHA256Digest: ContentState]
    {
        let rows = try await read { connection in
            try await connection.query(
                """
                SELECT reason, digest, id FROM content LEFT JOIN fault ON fault.content = content.id AND judge = $2
                WHERE digest = ANY ($1)
                """, [.byteArrays(digests.map { Array($0.bytes) }), .text(judge)])
        }
        let embedded = try await embedded(among: try rows.map { try $0.int64(2) }, space: space)
        var states = Dictionary(digests.map { ($0, ContentState.new) }) { first, _ in first }
        for row in rows {
            states[try row.digest(1)] = try ContentState(row, isEmbedded: embedded.contains(row.int64(2)))
        }
        return states
    }

    func embedded(among contents: [Int64], space: EmbeddingSpace) async throws -> Set<Int64> {
        guard !contents.isEmpty else { return [] }
        let found = try await gather(space, of: contents) { held in
            try await held.connection.query(
                "SELECT content FROM \(held.table.name) WHERE content = ANY ($1)", [.int64s(held.contents)]
            ).map { try $0.int64(0) }
        }
        return Set(found.joined())
    }

    func forget(_ paths: [FilePath]) async throws {
        _ = try await forget(photos: paths, droppingContentsUnusedFor: "30 days")
    }

    func forget(photos paths: [FilePath]) async throws -> Int {
        try await forget(photos: paths, droppingContentsUnusedFor: "0")
    }

    private func forget(photos paths: [FilePath], droppingContentsUnusedFor interval: String) async throws -> Int {
        try await dropping {
            try await $0.forgetPhotos(
                where: "path = ANY ($1)", [.byteArrays(paths.map(\.bytes))], droppingContentsUnusedFor: interval)
        }
    }
}

extension SpaceTable? {
    /// Whether a row's content is embedded, as an expression.
    fileprivate var isEmbedded: String { self == nil ? "false" : "embedding.content IS NOT NULL" }

    /// What the expression needs.
    fileprivate var join: String {
        map { "LEFT JOIN \($0.name) AS embedding ON embedding.content = content.id" } ?? ""
    }
}

extension RememberedFile {
    /// From the reason of a fault, whether it is embedded, the digest, the path and the stamp.
    fileprivate init(_ row: PostgresRow) throws {
        self.init(
            stamp: FileStamp(
                size: try row.int64(4), modified: try row.int64(5), changed: try row.int64(6),
                inode: try row.int64(7)),
            digest: try row.digest(2), state: try ContentState(row, isEmbedded: row.bool(1)))
    }
}

extension ContentState {
    /// From the reason of a fault.
    fileprivate init(_ row: PostgresRow, isEmbedded: Bool) throws {
        if isEmbedded {
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
