import GRDB

/// The embeddings that a catalogue keeps of one space.
public struct StoredSpace: Sendable, Hashable {
    /// What they may be compared in.
    public let space: EmbeddingSpace
    /// How many there are, those of photos that are gone and may come back included.
    public let count: Int
}

// What a catalogue keeps of each model, until it is told to forget it.
extension PhotoCatalogue {
    /// All spaces that anything was ever embedded in, in the order of their identities.
    public func spaces() async throws(CatalogueError) -> [StoredSpace] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT identity, dimension, (SELECT count(*) FROM embedding WHERE spaceID = space.id) AS count
                    FROM space ORDER BY identity
                    """)
            return rows.map {
                StoredSpace(
                    space: EmbeddingSpace(identity: $0["identity"], dimension: $0["dimension"]), count: $0["count"])
            }
        }
    }

    /// Drops all embeddings of some spaces, and gives the room that they took back to the system.
    public func forget(_ spaces: [EmbeddingSpace]) async throws(CatalogueError) {
        try await write { database in
            for space in spaces {
                try database.execute(literal: "DELETE FROM space WHERE identity = \(space.identity)")
            }
        }
        try await shrink()
    }
}
