import Postgres

// What a catalogue keeps of each model, until it is told to forget it.
extension PostgresCatalogue {
    func spaces() async throws -> [StoredSpace] {
        let spaces = try await read { connection in
            try await connection.query("SELECT identity, dimension FROM space ORDER BY identity COLLATE \"C\"").map {
                EmbeddingSpace(identity: try $0.text(0), dimension: Int(try $0.int32(1)))
            }
        }
        var stored: [StoredSpace] = []
        for space in spaces { stored.append(StoredSpace(space: space, count: try await embeddingCount(of: space))) }
        return stored
    }

    func embeddingCount(of space: EmbeddingSpace) async throws -> Int {
        try await gather(space) { held in
            try await held.connection.embeddingCount(in: [held.table], where: held.condition)
        }.reduce(0, +)
    }

    func forget(_ spaces: [EmbeddingSpace]) async throws {
        let (gone, cluster) = try await write { [clusters] connection in
            let cluster = try await clusters.lockedAlone(on: connection)
            let gone = try await connection.query(
                "DELETE FROM space WHERE identity = ANY ($1) RETURNING id, dimension", [.texts(spaces.map(\.identity))]
            ).map { SpaceTable(id: try $0.int32(0), dimension: Int(try $0.int32(1))) }
            for table in gone {
                try await connection.execute(cluster?.removal(of: table) ?? "DROP TABLE \(table.name)")
            }
            return (gone, cluster)
        }
        self.spaces.forget()
        _ = try await cluster?.ask(within: nil) { _, connection in
            for table in gone { try await connection.execute("DROP TABLE IF EXISTS \(table.name)") }
        }
    }
}
