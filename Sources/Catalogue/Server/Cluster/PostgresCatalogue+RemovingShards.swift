import Postgres

extension PostgresCatalogue {
    /// For those that hold no slot any more.
    func removeShards(notIn wanted: Set<Int32>) async throws {
        let gone = try await write { [clusters] connection in
            guard let cluster = try await clusters.lockedAlone(on: connection) else { return [] as [Shard] }
            let gone = cluster.shards.filter { !wanted.contains($0.number) }
            guard !gone.isEmpty else { return [] }
            for shard in gone {
                // With all that hangs on it: foreign tables, and the views of them.
                try await connection.execute("DROP SERVER \(shard.number.foreignServer) CASCADE")
                try await connection.query("DELETE FROM shard WHERE number = $1", [.int32(shard.number)])
            }
            try await connection.query("UPDATE cluster SET revision = revision + 1")
            try await connection.replaceViews(by: try await clusters.uncommitted(on: connection))
            try await connection.execute(ShardTables.rights)
            return gone
        }
        clusters.forget()
        for shard in gone {
            try? await shard.ask(within: .seconds(5)) {
                try await $0.execute("DROP SCHEMA IF EXISTS \(ShardTables.schema) CASCADE")
            }
        }
    }
}
