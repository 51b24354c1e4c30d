import Foundation
import GRDB
import Hashing
import SystemPackage

// What another catalogue is made from.
extension EmbeddedCatalogue {
    func files(after path: FilePath?, limit: Int) async throws(CatalogueError) -> [StoredFile] {
        let start = path?.blob ?? Data()
        return try await read { database in
            try SQLRequest<Row>(
                literal: "\(sql: StoredFile.query) WHERE path > \(start) ORDER BY path LIMIT \(limit)", cached: true
            ).fetchAll(database).map(StoredFile.init)
        }
    }

    func files(at paths: [FilePath]) async throws(CatalogueError) -> [FilePath: StoredFile] {
        try await read { database in
            try paths.reduce(into: [:]) { files, path in
                files[path] = try SQLRequest<Row>(
                    literal: "\(sql: StoredFile.query) WHERE path = \(path.blob)", cached: true
                ).fetchOne(database).map(StoredFile.init)
            }
        }
    }

    func localKinds() async throws(CatalogueError) -> [LocalFeatureKind] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT localKind.identity, space.identity, dimension FROM localKind
                    LEFT JOIN space ON space.id = spaceID ORDER BY localKind.identity
                    """
            ).map { row in
                let space = (row[1] as String?).map { EmbeddingSpace(identity: $0, dimension: row[2]) }
                return LocalFeatureKind(identity: row[0], space: space)
            }
        }
    }
}

extension StoredFile {
    fileprivate static let query = """
        SELECT path, size, modified, changed, inode, digest, photo.contentID, reason, judge
        FROM photo JOIN content ON content.id = photo.contentID LEFT JOIN fault ON fault.contentID = content.id
        """

    fileprivate init(_ row: Row) throws {
        guard let digest = SHA256Digest(bytes: [UInt8](row[5] as Data)) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a digest has not 32 bytes")
        }
        self.init(
            path: FilePath(blob: row[0]),
            stamp: FileStamp(size: row[1], modified: row[2], changed: row[3], inode: row[4]), digest: digest,
            content: row[6], fault: (row[7] as String?).map { Fault(reason: $0, judge: row[8]) })
    }
}
