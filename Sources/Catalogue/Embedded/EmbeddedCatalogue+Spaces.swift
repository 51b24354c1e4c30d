import GRDB

// What a catalogue keeps of each model, until it is told to forget it.
extension EmbeddedCatalogue {
    func spaces() async throws(CatalogueError) -> [StoredSpace] {
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

    func forget(_ spaces: [EmbeddingSpace]) async throws(CatalogueError) {
        try await write { database in
            for space in spaces {
                try database.execute(literal: "DELETE FROM space WHERE identity = \(space.identity)")
            }
        }
        try await shrink()
    }
}
