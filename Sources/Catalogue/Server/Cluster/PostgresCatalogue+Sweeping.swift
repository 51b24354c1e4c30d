import Postgres

extension PostgresCatalogue {
    /// Drops what lies on shards and is nobody's: copies of what has moved, or was about to, and embeddings whose contents were
    /// never recorded or are forgotten. Nobody writes embeddings meanwhile.
    func sweep() async throws {
        guard try await cluster() != nil else { return }
        try await write { [clusters] connection in
            guard let cluster = try await clusters.lockedAlone(on: connection) else { return }
            for table in try await connection.spaceTables() {
                for shard in cluster.shards {
                    let name = table.foreignName(on: shard.number)
                    try await connection.execute(
                        """
                        DELETE FROM \(name) WHERE NOT \(cluster.condition(of: shard));
                        DELETE FROM \(name) WHERE NOT EXISTS (SELECT FROM content WHERE content.id = \(name).content);
                        """)
                }
            }
        }
    }
}
