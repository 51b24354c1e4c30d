import Postgres

// What a catalogue keeps of each model, until it is told to forget it.
extension PostgresCatalogue {
    func spaces() async throws -> [StoredSpace] {
        try await read { connection in
            var stored: [StoredSpace] = []
            for row in try await connection.query(
                "SELECT identity, dimension, id FROM space ORDER BY identity COLLATE \"C\"")
            {
                let space = EmbeddingSpace(identity: try row.text(0), dimension: Int(try row.int32(1)))
                let count = try await connection.count("SELECT count(*) FROM embedding_\(try row.int32(2))")
                stored.append(StoredSpace(space: space, count: count))
            }
            return stored
        }
    }

    func forget(_ spaces: [EmbeddingSpace]) async throws {
        try await write { connection in
            let gone = try await connection.query(
                "DELETE FROM space WHERE identity = ANY ($1) RETURNING id", [.texts(spaces.map(\.identity))])
            for row in gone { try await connection.execute("DROP TABLE embedding_\(try row.int32(0))") }
        }
        self.spaces.forget()
    }
}
