import GRDB
import SystemPackage
import Vectors

// What goes through all embeddings, and may stop on the way: a page at a time, each as of a moment of its own.
extension EmbeddedCatalogue {
    func embeddings(
        in folder: FilePath, after path: FilePath?, limit: Int, space: EmbeddingSpace
    ) async throws(CatalogueError) -> [(photo: Photo, embedding: Embedding)] {
        let (lower, upper) = folder.blobRange
        let start = path?.blob ?? lower
        return try await read { database in
            let spaceID = try space.id(in: database)
            return try SQLRequest<Row>(
                literal: """
                    SELECT \(sql: Photo.columns), vector FROM photo JOIN content ON content.id = photo.contentID
                    JOIN embedding ON embedding.spaceID = \(spaceID) AND embedding.contentID = photo.contentID
                    WHERE path > \(start) AND path < \(upper) ORDER BY path LIMIT \(limit)
                    """, cached: true
            ).fetchAll(database).map { row in
                (try Photo(row), Embedding(blob: try space.check(row["vector"])))
            }
        }
    }

    func embeddings(
        of space: EmbeddingSpace, after content: Int64, limit: Int
    ) async throws(CatalogueError) -> [(content: Int64, embedding: Embedding)] {
        try await read { database in
            let spaceID = try space.id(in: database)
            return try SQLRequest<Row>(
                literal: """
                    SELECT contentID, vector FROM embedding
                    WHERE spaceID = \(spaceID) AND contentID > \(content) ORDER BY contentID LIMIT \(limit)
                    """, cached: true
            ).fetchAll(database).map { ($0[0], Embedding(blob: try space.check($0[1]))) }
        }
    }
}
