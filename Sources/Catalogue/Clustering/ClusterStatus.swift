import Postgres

/// A cluster as it is at the moment.
public struct ClusterStatus: Sendable {
    /// One server, and what it holds.
    public struct Shard: Sendable {
        /// By which people know it.
        public let name: String
        /// As it is reached.
        public let address: String
        /// Of `ClusterStatus.slotCount`.
        public let slotCount: Int
        /// Of all models; `nil` where the shard does not answer.
        public let embeddingCount: Int?
        /// Of its tables and their indexes; `nil` where the shard does not answer.
        public let byteCount: Int?
        /// Why it does not answer; `nil` where it does.
        public let problem: String?
    }

    /// In the order in which they were added.
    public let shards: [Shard]
    /// How many seconds a search waits for each.
    public let deadline: Double
    /// How many parts the embeddings are in, each of which lies on one shard.
    public static var slotCount: Int { SlotMap.slotCount }

    init(of cluster: Cluster, in catalogue: PostgresCatalogue) async throws {
        let tables = try await catalogue.read { try await $0.spaceTables() }
        let (present, silent) = try await cluster.ask(within: cluster.deadline) { try await $1.query("SELECT 1") }
        // Counting may take longer than a search does.
        let (counts, lost) = try await cluster.ask(Set(present.keys), within: nil) { shard, connection in
            let count = try await connection.embeddingCount(in: tables, where: cluster.condition(of: shard))
            return (count, try await connection.ownByteCount())
        }
        let missing = silent + lost
        shards = cluster.shards.map { shard in
            Shard(
                name: shard.name, address: shard.address.description,
                slotCount: cluster.slots.slots(of: shard.number).count, embeddingCount: counts[shard.number]?.0,
                byteCount: counts[shard.number]?.1, problem: missing.first { $0.name == shard.name }?.reason)
        }
        deadline = cluster.deadline / .seconds(1)
    }
}
