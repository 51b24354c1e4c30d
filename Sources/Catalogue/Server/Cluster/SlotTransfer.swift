import Postgres

/// Slots that move from one shard to another at once.
struct SlotTransfer: Sendable, Hashable {
    /// In their order.
    var slots: [Int]
    let from: Int32
    let to: Int32
    /// Whether what lay in them is gone with its shard.
    let isLost: Bool
}

extension PostgresCatalogue {
    /// So many slots in a step that whoever writes embeddings does not wait for all of it. Of shards that are lost, nothing is
    /// copied.
    func steps(of moves: [SlotMove], lost: Set<Int32>) async throws -> [SlotTransfer] {
        let slotsAtOnce = max(
            1, min(64, Self.embeddingsAtOnce * SlotMap.slotCount / max(1, try await embeddingCount())))
        let ways = Dictionary(grouping: moves) { [$0.from, $0.to] }
        return ways.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { way, moves in
            stride(from: 0, to: moves.count, by: slotsAtOnce).map { start in
                let some = moves[start..<min(start + slotsAtOnce, moves.count)]
                return SlotTransfer(
                    slots: some.map(\.slot), from: way[0], to: way[1], isLost: lost.contains(way[0]))
            }
        }
    }

    /// Of all spaces, on the shards that are there, what is about to move twice.
    private func embeddingCount() async throws -> Int {
        let tables = try await read { try await $0.spaceTables() }
        let counts = try await cluster()?.ask(within: nil) { try await $1.embeddingCount(in: tables) }
        return counts?.answers.values.reduce(0, +) ?? 0
    }

    private static let embeddingsAtOnce = 20_000

    /// Copies first, as one transaction of the catalogue's server, and deletes when the copy counts. Whoever searches meanwhile
    /// finds an embedding in one place or in both, and sees by the cluster's revision whether it was in neither.
    func move(_ transfer: SlotTransfer) async throws {
        let moved: Cluster?
        do { moved = try await copy(transfer) } catch {
            // The catalogue's server speaks of a shard that it lost by a name that nobody gave.
            try await checkShards { transfer.needs($0) }
            throw error
        }
        clusters.forget()
        let tables = try await read { try await $0.spaceTables() }
        // Of a shard that does not answer, what is left behind is dropped some day.
        _ = try await moved?.ask([transfer.from], within: nil) { _, connection in
            for table in tables {
                try await connection.execute("DELETE FROM \(table.name) WHERE \(transfer.slots.slotCondition)")
            }
        }
    }

    /// Returns the cluster as it is then; `nil` where nothing is left to be moved.
    private func copy(_ transfer: SlotTransfer) async throws -> Cluster? {
        try await write { [clusters] connection in
            guard var cluster = try await clusters.lockedAlone(on: connection) else { return nil }
            // Of one that was moved by another meanwhile, nothing is left to be copied over what is there.
            let transfer = transfer.possible(in: cluster)
            guard !transfer.slots.isEmpty else { return nil }
            for table in try await connection.spaceTables() { try await connection.copy(transfer, of: table) }
            cluster.take(transfer)
            try await connection.keep(cluster.slots)
            try await connection.query("UPDATE cluster SET revision = revision + 1")
            // Whoever reads waits from here on.
            try await connection.replaceViews(by: cluster)
            return cluster
        }
    }
}

extension SlotTransfer {
    fileprivate func needs(_ shard: Shard) -> Bool {
        shard.number == to || shard.number == from && !isLost
    }

    fileprivate func possible(in cluster: Cluster) -> SlotTransfer {
        var possible = self
        let isThere = cluster.shards.contains { $0.number == to }
        possible.slots = slots.filter { isThere && cluster.slots[$0] == from }
        return possible
    }
}

extension Cluster {
    fileprivate mutating func take(_ transfer: SlotTransfer) {
        for slot in transfer.slots { slots[slot] = transfer.to }
    }
}

extension PostgresConnection {
    /// What is there already was left by a move that did not end.
    fileprivate func copy(_ transfer: SlotTransfer, of table: SpaceTable) async throws {
        let (source, target) = (table.foreignName(on: transfer.from), table.foreignName(on: transfer.to))
        let condition = transfer.slots.slotCondition
        try await execute("DELETE FROM \(target) WHERE \(condition)")
        guard !transfer.isLost else { return }
        try await execute(
            "INSERT INTO \(target) (content, vector) SELECT content, vector FROM \(source) WHERE \(condition)")
    }

    func replaceViews(by cluster: Cluster) async throws {
        for table in try await spaceTables() {
            try await execute(table.viewDefinition(cluster.slots, on: cluster.shards.map(\.number)))
        }
    }
}
