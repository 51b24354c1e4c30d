import Foundation
import GRDB
import Hashing
import SystemPackage
import Vectors

// What indexing asks and tells.
extension EmbeddedCatalogue {
    func files(in folder: FilePath, space: EmbeddingSpace, judge: String) async throws(CatalogueError)
        -> [FilePath: RememberedFile]
    {
        let (lower, upper) = folder.blobRange
        return try await read { database in
            let spaceID = try space.id(in: database)
            let rows = try SQLRequest<Row>(
                literal: """
                    SELECT photo.path, size, modified, changed, inode, digest, reason, embedding.contentID AS embedded
                    FROM photo JOIN content ON content.id = photo.contentID
                    LEFT JOIN embedding ON embedding.spaceID = \(spaceID) AND embedding.contentID = content.id
                    LEFT JOIN fault ON fault.contentID = content.id AND judge = \(judge)
                    WHERE photo.path >= \(lower) AND photo.path < \(upper)
                    """
            ).fetchCursor(database)
            var files: [FilePath: RememberedFile] = [:]
            while let row = try rows.next() { files[FilePath(blob: row["path"])] = try RememberedFile(row) }
            return files
        }
    }

    func states(of digests: [SHA256Digest], space: EmbeddingSpace, judge: String) async throws(CatalogueError)
        -> [SHA256Digest: ContentState]
    {
        try await read { database in
            let spaceID = try space.id(in: database)
            var states: [SHA256Digest: ContentState] = [:]
            for digest in digests {
                let row = try SQLRequest<Row>(
                    literal: """
                        SELECT reason, embedding.contentID AS embedded FROM content
                        LEFT JOIN embedding ON embedding.spaceID = \(spaceID) AND embedding.contentID = content.id
                        LEFT JOIN fault ON fault.contentID = content.id AND judge = \(judge)
                        WHERE digest = \(Data(digest.bytes))
                        """, cached: true
                ).fetchOne(database)
                states[digest] = row.map(ContentState.init) ?? .new
            }
            return states
        }
    }

    func record(_ batch: [PhotoRecord], space: EmbeddingSpace) async throws(CatalogueError) {
        guard !batch.isEmpty else { return }
        try await write { database in
            let spaceID = try space.insert(into: database)
            for record in batch { try record.write(to: database, spaceID: spaceID) }
        }
    }

    func forget(_ paths: [FilePath]) async throws(CatalogueError) {
        try await write { database in
            for path in paths { try database.run("DELETE FROM photo WHERE path = \(path.blob)") }
            try Self.tidy(database, now: Int64(Date().timeIntervalSince1970))
        }
    }

    func forget(root: FilePath) async throws(CatalogueError) -> Int {
        let (lower, upper) = root.blobRange
        return try await write { database in
            try database.execute(
                literal: "DELETE FROM root WHERE path = \(root.blob) OR path >= \(lower) AND path < \(upper)")
            try database.execute(literal: "DELETE FROM photo WHERE path >= \(lower) AND path < \(upper)")
            let count = database.changesCount
            try Self.dropUnusedContents(in: database)
            return count
        }
    }

    static func dropUnusedContents(in database: Database) throws {
        try database.execute(
            sql: "DELETE FROM content WHERE NOT EXISTS (SELECT 1 FROM photo WHERE contentID = content.id)")
    }

    private static let daysUnused = 30

    /// Notes which contents no file has any more, and drops those that none has had for long.
    private static func tidy(_ database: Database, now: Int64) throws {
        try database.execute(
            literal: """
                UPDATE content SET unusedSince = \(now) WHERE unusedSince IS NULL
                AND NOT EXISTS (SELECT 1 FROM photo WHERE contentID = content.id)
                """)
        try database.execute(literal: "DELETE FROM content WHERE unusedSince < \(now - Int64(daysUnused) * 86_400)")
    }
}

extension EmbeddingSpace {
    /// `nil` where nothing was embedded in this space yet.
    func id(in database: Database) throws -> Int64? {
        let row = try SQLRequest<Row>(
            literal: "SELECT id, dimension FROM space WHERE identity = \(identity)", cached: true
        ).fetchOne(database)
        guard let row else { return nil }
        let known: Int = row["dimension"]
        guard known == dimension else {
            throw CatalogueError.otherDimension(space: identity, known: known, asked: dimension)
        }
        return row["id"]
    }

    func insert(into database: Database) throws -> Int64 {
        if let id = try id(in: database) { return id }
        try database.execute(literal: "INSERT INTO space (identity, dimension) VALUES (\(identity), \(dimension))")
        return database.lastInsertedRowID
    }
}

extension PhotoRecord {
    fileprivate func write(to database: Database, spaceID: Int64) throws {
        let contentID = try contentID(in: database)
        try database.run(
            """
            INSERT INTO photo (path, contentID, size, modified, changed, inode)
            VALUES (\(path.blob), \(contentID), \(stamp.size), \(stamp.modified), \(stamp.changed), \(stamp.inode))
            ON CONFLICT (path) DO UPDATE SET contentID = excluded.contentID, size = excluded.size,
                modified = excluded.modified, changed = excluded.changed, inode = excluded.inode
            """)
        for (kind, value) in localFeatures { try database.keep(value, as: kind, of: contentID) }
        switch finding {
        case .known: break
        case .embedding(let embedding):
            try database.run(
                """
                INSERT INTO embedding (contentID, spaceID, vector)
                VALUES (\(contentID), \(spaceID), \(embedding.blob))
                ON CONFLICT (spaceID, contentID) DO UPDATE SET vector = excluded.vector
                WHERE vector IS NOT excluded.vector
                """)
        case .fault(let reason, let judge):
            try database.run(
                "INSERT OR REPLACE INTO fault (contentID, reason, judge) VALUES (\(contentID), \(reason), \(judge))")
        }
    }

    private func contentID(in database: Database) throws -> Int64 {
        let digest = Data(digest.bytes)
        let known = try SQLRequest<Int64>(literal: "SELECT id FROM content WHERE digest = \(digest)", cached: true)
            .fetchOne(database)
        guard let known else {
            try database.run("INSERT INTO content (digest) VALUES (\(digest))")
            return database.lastInsertedRowID
        }
        try database.run("UPDATE content SET unusedSince = NULL WHERE id = \(known) AND unusedSince IS NOT NULL")
        return known
    }
}

extension Database {
    /// Runs a statement that is kept ready for the next time.
    func run(_ sql: SQL) throws {
        try cachedStatement(literal: sql).execute()
    }
}

extension RememberedFile {
    fileprivate init(_ row: Row) throws {
        guard let digest = SHA256Digest(bytes: [UInt8](row["digest"] as Data)) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a digest has not 32 bytes")
        }
        self.init(
            stamp: FileStamp(
                size: row["size"], modified: row["modified"], changed: row["changed"], inode: row["inode"]),
            digest: digest, state: ContentState(row))
    }
}

extension ContentState {
    fileprivate init(_ row: Row) {
        if row["embedded"] as Int64? != nil {
            self = .embedded
        } else if let reason = row["reason"] as String? {
            self = .faulty(reason)
        } else {
            self = .new
        }
    }
}

extension Embedding {
    /// Four bytes a number, little-endian.
    var blob: Data { values.withUnsafeBytes { Data($0) } }
}
