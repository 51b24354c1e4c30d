import Postgres
import SystemPackage

// What another catalogue is made from.
extension PostgresCatalogue {
    func files(after path: FilePath?, limit: Int) async throws -> [StoredFile] {
        try await read { connection in
            try await connection.query(
                "\(StoredFile.query) WHERE path > $1 ORDER BY path LIMIT $2",
                [.bytes(path?.bytes ?? []), .int64(Int64(limit))]
            ).map(StoredFile.init)
        }
    }

    func files(at paths: [FilePath]) async throws -> [FilePath: StoredFile] {
        let files = try await read { connection in
            try await connection.query(
                "\(StoredFile.query) WHERE path = ANY ($1)", [.byteArrays(paths.map(\.bytes))]
            ).map(StoredFile.init)
        }
        return Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
    }

    func localKinds() async throws -> [LocalFeatureKind] {
        try await read { connection in
            try await connection.query(
                """
                SELECT local_kind.identity, space.identity, dimension FROM local_kind
                LEFT JOIN space ON space.id = space ORDER BY local_kind.identity COLLATE "C"
                """
            ).map { row in
                let space =
                    row.isNull(1) ? nil : EmbeddingSpace(identity: try row.text(1), dimension: Int(try row.int32(2)))
                return LocalFeatureKind(identity: try row.text(0), space: space)
            }
        }
    }
}

extension StoredFile {
    fileprivate static let query = """
        SELECT path, size, modified, changed, inode, digest, photo.content, reason, judge
        FROM photo JOIN content ON content.id = photo.content LEFT JOIN fault ON fault.content = content.id
        """

    fileprivate init(_ row: PostgresRow) throws {
        self.init(
            path: FilePath(bytes: try row.bytes(0)),
            stamp: FileStamp(
                size: try row.int64(1), modified: try row.int64(2), changed: try row.int64(3),
                inode: try row.int64(4)),
            digest: try row.digest(5), content: try row.int64(6),
            fault: row.isNull(7) ? nil : Fault(reason: try row.text(7), judge: try row.text(8)))
    }
}
