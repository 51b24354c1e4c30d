import Foundation
import GRDB
import Hashing
import SystemPackage
import Vectors

// What searching asks.
extension EmbeddedCatalogue {
    func roots() async throws(CatalogueError) -> [FilePath] {
        try glance { database in
            try Data.fetchAll(database, sql: "SELECT path FROM root ORDER BY path").map(FilePath.init(blob:))
        }
    }

    func add(root: FilePath) async throws(CatalogueError) {
        let known = try await roots()
        guard !known.contains(root) else { return }
        try await write { try $0.execute(literal: "INSERT OR IGNORE INTO root (path) VALUES (\(root.blob))") }
    }

    func photoCount() async throws(CatalogueError) -> Int {
        try await read { try Int.fetchOne($0, sql: "SELECT count(*) FROM photo") ?? 0 }
    }

    func embeddingCount(in folder: FilePath, space: EmbeddingSpace) async throws(CatalogueError) -> Int {
        let (lower, upper) = folder.blobRange
        return try await read { database in
            let spaceID = try space.id(in: database)
            return try SQLRequest<Int>(
                literal: """
                    SELECT count(*) FROM photo
                    JOIN embedding ON embedding.spaceID = \(spaceID) AND embedding.contentID = photo.contentID
                    WHERE path >= \(lower) AND path < \(upper)
                    """
            ).fetchOne(database) ?? 0
        }
    }

    func photos(ofContents contents: [Int64]) async throws(CatalogueError) -> [Int64: [Photo]] {
        try glance { database in
            var photos: [Int64: [Photo]] = [:]
            for start in stride(from: 0, to: contents.count, by: Self.contentsAtOnce) {
                let some = contents[start..<min(start + Self.contentsAtOnce, contents.count)]
                let rows = try SQLRequest<Row>(
                    literal: """
                        SELECT \(sql: Photo.columns) FROM photo JOIN content ON content.id = contentID
                        WHERE contentID IN \(some) ORDER BY contentID, path
                        """
                ).fetchCursor(database)
                while let row = try rows.next() { photos[row[2], default: []].append(try Photo(row)) }
            }
            return photos
        }
    }

    /// Far fewer than variables may be in a statement.
    private static let contentsAtOnce = 500

    /// What the photos inside some folders hold, embedded or not, each content once and in ascending order.
    ///
    /// Only photos count whose files last changed within `modified`, in nanoseconds since 1970, and whose paths `isIncluded`
    /// accepts. It is asked about every photo of the folders, and so gets the bytes of the absolute path and the zero
    /// behind them, valid until it returns.
    func contents(
        in folders: [FilePath], modified: Range<Int64>? = nil,
        where isIncluded: (@Sendable (UnsafePointer<CChar>) -> Bool)? = nil
    ) async throws(CatalogueError) -> [Int64] {
        try await read { database in
            var contents: Set<Int64> = []
            for folder in folders {
                try database.forEachPhoto(in: folder, where: isIncluded) { photo in
                    let content = try SQLRequest<Int64>(
                        literal: """
                            SELECT contentID FROM photo WHERE id = \(photo)
                            AND modified >= \(modified?.lowerBound ?? .min) AND modified < \(modified?.upperBound ?? .max)
                            """, cached: true
                    ).fetchOne(database)
                    if let content { contents.insert(content) }
                }
            }
            return contents.sorted()
        }
    }

    /// What some photos hold, embedded or not, each content once and in ascending order; unknown photos are left out.
    func contents(of paths: Set<FilePath>) async throws(CatalogueError) -> [Int64] {
        try await read { database in
            var contents: Set<Int64> = []
            for path in paths {
                let content = try SQLRequest<Int64>(
                    literal: "SELECT contentID FROM photo WHERE path = \(path.blob)", cached: true
                ).fetchOne(database)
                if let content { contents.insert(content) }
            }
            return contents.sorted()
        }
    }

    func embeddings(ofContents contents: [Int64], space: EmbeddingSpace) async throws(CatalogueError)
        -> [Int64: Embedding]
    {
        try glance { database in
            let spaceID = try space.id(in: database)
            return try contents.reduce(into: [:]) { embeddings, content in
                let blob = try SQLRequest<Data>(
                    literal: "SELECT vector FROM embedding WHERE spaceID = \(spaceID) AND contentID = \(content)",
                    cached: true
                ).fetchOne(database)
                if let blob { embeddings[content] = Embedding(blob: try space.check(blob)) }
            }
        }
    }

    func sample(_ limit: Int, of space: EmbeddingSpace) async throws(CatalogueError)
        -> [(content: Int64, embedding: Embedding)]
    {
        try await read { database in
            let spaceID = try space.id(in: database)
            let bounds = try SQLRequest<Row>(
                literal: "SELECT min(contentID), max(contentID) FROM embedding WHERE spaceID = \(spaceID)"
            ).fetchOne(database)
            guard let first = bounds?[0] as Int64?, let last = bounds?[1] as Int64? else { return [] }
            let step = max(1, (last - first + 1) / Int64(limit))
            return try stride(from: first, through: last, by: Int64.Stride(step)).prefix(limit).compactMap { content in
                try SQLRequest<Row>(
                    literal: """
                        SELECT contentID, vector FROM embedding WHERE spaceID = \(spaceID) AND contentID >= \(content)
                            AND contentID < \(content + step) ORDER BY contentID LIMIT 1
                        """, cached: true
                ).fetchOne(database).map { ($0[0], Embedding(blob: try space.check($0[1]))) }
            }
        }
    }

    func embedding(of digest: SHA256Digest, space: EmbeddingSpace) async throws(CatalogueError)
        -> (content: Int64, embedding: Embedding?)?
    {
        try glance { database in
            let spaceID = try space.id(in: database)
            let row = try SQLRequest<Row>(
                literal: """
                    SELECT content.id, vector FROM content
                    LEFT JOIN embedding ON embedding.spaceID = \(spaceID) AND embedding.contentID = content.id
                    WHERE digest = \(Data(digest.bytes))
                    """
            ).fetchOne(database)
            return try row.map { row in
                (content: row[0], embedding: try (row[1] as Data?).map { Embedding(blob: try space.check($0)) })
            }
        }
    }
}

extension Database {
    /// Reads the index of paths alone, which is a fraction of the table.
    fileprivate func forEachPhoto(
        in folder: FilePath, where isIncluded: ((UnsafePointer<CChar>) -> Bool)?, _ body: (Int64) throws -> Void
    ) throws {
        let (lower, upper) = folder.blobRange
        let rows = try SQLRequest<Row>(
            literal: "SELECT id, path FROM photo WHERE path >= \(lower) AND path < \(upper)"
        ).fetchCursor(self)
        while let row = try rows.next() {
            if let isIncluded {
                guard try row.withUnsafeData(atIndex: 1, { $0.map { $0.isAccepted(by: isIncluded) } ?? false }) else {
                    continue
                }
            }
            try body(row[0])
        }
    }
}

extension Data {
    /// As a path with a zero behind it.
    fileprivate func isAccepted(by isIncluded: (UnsafePointer<CChar>) -> Bool) -> Bool {
        withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { path in
                UnsafeMutableRawBufferPointer(path).copyMemory(from: bytes)
                path[bytes.count] = 0
                return isIncluded(path.baseAddress!)
            }
        }
    }
}

extension EmbeddingSpace {
    /// Throws unless a blob is an embedding of this space.
    func check(_ blob: Data?) throws -> Data {
        guard let blob, blob.count == dimension * MemoryLayout<Float>.size else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an embedding has not \(dimension) numbers")
        }
        return blob
    }
}

extension Embedding {
    init(blob: Data) {
        self.init(
            [Float](unsafeUninitializedCapacity: blob.count / MemoryLayout<Float>.size) { values, count in
                count = blob.copyBytes(to: values) / MemoryLayout<Float>.size
            })
    }
}
