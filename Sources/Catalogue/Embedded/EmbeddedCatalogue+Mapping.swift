import Foundation
import GRDB
import Vectors

// What is made of other embeddings, without looking at photos.
extension EmbeddedCatalogue {
    func embeddings(
        of space: EmbeddingSpace, missingIn other: EmbeddingSpace, after content: Int64, limit: Int
    ) async throws(CatalogueError) -> [(content: Int64, embedding: Embedding)] {
        try await read { database in
            let (spaceID, otherID) = (try space.id(in: database), try other.id(in: database))
            return try SQLRequest<Row>(
                literal: """
                    SELECT contentID, vector FROM embedding
                    WHERE spaceID = \(spaceID) AND contentID > \(content) AND NOT EXISTS (
                        SELECT 1 FROM embedding AS other
                        WHERE other.spaceID = \(otherID) AND other.contentID = embedding.contentID)
                    ORDER BY contentID LIMIT \(limit)
                    """, cached: true
            ).fetchAll(database).map { ($0[0], Embedding(blob: try space.check($0[1]))) }
        }
    }

    func keep(_ embeddings: [(content: Int64, embedding: Embedding)], in space: EmbeddingSpace)
        async throws(CatalogueError)
    {
        guard !embeddings.isEmpty else { return }
        try await write { database in
            let spaceID = try space.insert(into: database)
            for (content, embedding) in embeddings {
                try database.run(
                    """
                    INSERT OR IGNORE INTO embedding (contentID, spaceID, vector)
                    SELECT id, \(spaceID), \(embedding.blob) FROM content WHERE id = \(content)
                    """)
            }
        }
    }
}
