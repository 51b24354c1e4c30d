import Postgres

/// The servers that a catalogue's embeddings are spread over, as of one revision of how they are.
struct Cluster: Sendable {
    /// One higher whenever a slot or a shard has come or gone.
    let revision: Int64
    /// How long a search waits for each shard.
    let deadline: Duration
    /// In the order of their numbers.
    let shards: [Shard]
    var slots: SlotMap

    /// What some shards answer, all at once, and which of them do not; `nil` for all shards.
    func ask<T: Sendable>(
        _ numbers: Set<Int32>? = nil, within limit: Duration?,
        _ body: @escaping @Sendable (Shard, PostgresConnection) async throws -> T
    ) async throws -> (answers: [Int32: T], missing: [MissingShard]) {
        let asked = shards.filter { numbers?.contains($0.number) ?? true }
        return try await withThrowingTaskGroup(of: (Int32, Result<T, MissingShard>).self) { group in
            for shard in asked {
                group.addTask {
                    do {
                        let answer = try await shard.ask(within: limit) { try await body(shard, $0) }
                        return (shard.number, .success(answer))
                    } catch let missing as MissingShard { return (shard.number, .failure(missing)) }
                }
            }
            var (answers, missing) = ([Int32: T](), [MissingShard]())
            for try await (number, answer) in group {
                switch answer {
                case .success(let answer): answers[number] = answer
                case .failure(let shard): missing.append(shard)
                }
            }
            return (answers, missing.sorted { $0.name < $1.name })
        }
    }

    /// Which rows of a shard's tables count there: what lies there beside is about to move, or has moved.
    func condition(of shard: Shard) -> String { slots.slots(of: shard.number).slotCondition }
}
