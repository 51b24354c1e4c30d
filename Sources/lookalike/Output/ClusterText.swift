import Catalogue

extension ClusterStatus {
    /// For people at a terminal.
    var text: String {
        let head = ["shard", "address", "slots", "embeddings", "MB", "state"]
        let rows = shards.map { shard in
            [
                shard.name, shard.address, "\(shard.slotCount)", shard.embeddingCount?.grouped ?? "?",
                shard.byteCount?.megabytes ?? "?", shard.problem ?? "answers",
            ]
        }
        return TextTable([head] + rows, leftColumns: 2).lines.joined(separator: "\n")
    }
}
