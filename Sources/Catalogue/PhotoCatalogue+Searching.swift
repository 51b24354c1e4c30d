import Foundation
import GRDB
public import Hashing
public import SystemPackage
public import Vectors

// What searching asks.
extension PhotoCatalogue {
    /// The folders that were named to the catalogue, in the order of their paths.
    public func roots() async throws(CatalogueError) -> [FilePath] {
        try await read { database in
            try Data.fetchAll(database, sql: "SELECT path FROM root ORDER BY path").map(FilePath.init(blob:))
        }
    }

    /// Remembers a folder, so that a search that names none looks there too.
    public func add(root: FilePath) async throws(CatalogueError) {
        let known = try await roots()
        guard !known.contains(root) else { return }
        try await write { try $0.execute(literal: "INSERT OR IGNORE INTO root (path) VALUES (\(root.blob))") }
    }

    /// Every photo inside a folder that is embedded in `space`, in the order of their paths' bytes.
    public func embeddings(in folder: FilePath, space: EmbeddingSpace) async throws(CatalogueError) -> EmbeddedPhotos {
        let (lower, upper) = folder.blobRange
        return try await read { database in
            var found = EmbeddedPhotos()
            guard let spaceID = try space.id(in: database) else { return found }
            let rows = try SQLRequest<Row>(
                literal: """
                    SELECT photo.id, path, photo.contentID, vector FROM photo
                    JOIN embedding ON embedding.spaceID = \(spaceID) AND embedding.contentID = photo.contentID
                    WHERE path >= \(lower) AND path < \(upper) ORDER BY path
                    """
            ).fetchCursor(database)
            while let row = try rows.next() {
                found.photos.append(Photo(id: row[0], path: FilePath(blob: row[1]), content: row[2]))
                try row.withUnsafeData(atIndex: 3) { try found.values.append(blob: $0, in: space) }
            }
            return found
        }
    }

    /// The embedding of contents that the catalogue knows, and their number there.
    public func embedding(of digest: SHA256Digest, space: EmbeddingSpace) async throws(CatalogueError)
        -> (content: Int64, embedding: Embedding?)?
    {
        try await read { database in
            let spaceID = try space.id(in: database)
            let row = try SQLRequest<Row>(
                literal: """
                    SELECT content.id, vector FROM content
                    LEFT JOIN embedding ON embedding.spaceID = \(spaceID) AND embedding.contentID = content.id
                    WHERE digest = \(Data(digest.bytes))
                    """
            ).fetchOne(database)
            return try row.map { row in
                (content: row[0], embedding: try (row[1] as Data?).map { try Embedding(blob: $0, in: space) })
            }
        }
    }
}

extension [Float] {
    fileprivate mutating func append(blob: Data?, in space: EmbeddingSpace) throws {
        guard let blob, blob.count == space.dimension * MemoryLayout<Float>.size else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an embedding has not \(space.dimension) numbers")
        }
        let start = count * MemoryLayout<Float>.size
        append(contentsOf: repeatElement(0, count: space.dimension))
        withUnsafeMutableBytes { _ = blob.copyBytes(to: UnsafeMutableRawBufferPointer(rebasing: $0[start...])) }
    }
}

extension Embedding {
    fileprivate init(blob: Data, in space: EmbeddingSpace) throws {
        var values: [Float] = []
        try values.append(blob: blob, in: space)
        self.init(values)
    }
}
