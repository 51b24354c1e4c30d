import Postgres
import Synchronization

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

/// The cluster as it was lately, and the sessions with its shards, which outlast changes of it.
final class ClusterMemory: Sendable {
    private struct Known {
        var cluster: Cluster?
        var time: ContinuousClock.Instant
    }

    private let known = Mutex<Known?>(nil)

    /// As of a few seconds ago; `nil` where nobody has looked since, and a cluster that is `nil` where there is none.
    var recent: Cluster?? {
        known.withLock { known in
            guard let known, known.time + .seconds(5) > .now else { return nil }
            return .some(known.cluster)
        }
    }

    /// As of now.
    func current(on connection: PostgresConnection) async throws -> Cluster? {
        let revision = try await Self.revision(on: connection)
        let before = known.withLock { $0?.cluster }
        let cluster = revision == before?.revision ? before : try await read(on: connection, keeping: before)
        known.withLock { $0 = Known(cluster: cluster, time: .now) }
        return cluster
    }

    /// As a transaction has made it, which others do not know before it ends.
    func uncommitted(on connection: PostgresConnection) async throws -> Cluster {
        guard let cluster = try await read(on: connection, keeping: known.withLock { $0?.cluster }) else {
            throw PostgresError.unexpectedValue("a cluster without shards")
        }
        return cluster
    }

    /// As it stays until the end of a transaction that writes embeddings: slots do not move meanwhile.
    func locked(on connection: PostgresConnection) async throws -> Cluster? {
        try await connection.query("SELECT pg_advisory_xact_lock_shared($1, 2)", [.int32(PostgresSchema.lockClass)])
        return try await current(on: connection)
    }

    /// As it stays until the end of a transaction that changes it, or what lies where: nobody else writes embeddings meanwhile.
    func lockedAlone(on connection: PostgresConnection) async throws -> Cluster? {
        try await connection.query("SELECT pg_advisory_xact_lock($1, 2)", [.int32(PostgresSchema.lockClass)])
        return try await current(on: connection)
    }

    /// `nil` where there is no cluster.
    static func revision(on connection: PostgresConnection) async throws -> Int64? {
        try await connection.query("SELECT revision FROM cluster").first.map { try $0.int64(0) }
    }

    /// It may be another by now.
    func forget() { known.withLock { $0?.time = .now - .seconds(60) } }

    private func read(on connection: PostgresConnection, keeping before: Cluster?) async throws -> Cluster? {
        let rows = try await connection.query(
            """
            SELECT revision, deadline, shard.number, name, address,
                coalesce((SELECT string_agg(slot.number::text, ' ') FROM slot WHERE slot.shard = shard.number), '')
            FROM cluster CROSS JOIN shard ORDER BY shard.number
            """)
        guard let first = rows.first else { return nil }
        var (shards, slots) = ([Shard](), [Int32: [Int]]())
        for row in rows {
            let shard = try before.shard(like: row)
            shards.append(shard)
            slots[shard.number] = try row.text(5).split(separator: " ").compactMap { Int($0) }
        }
        guard let slots = SlotMap(slots) else {
            throw PostgresError.unexpectedValue("not all slots of the cluster have a shard")
        }
        return Cluster(
            revision: try first.int64(0), deadline: .seconds(try first.double(1)), shards: shards, slots: slots)
    }
}

extension Cluster? {
    /// The one that is known already, where a row is of the same.
    fileprivate func shard(like row: PostgresRow) throws -> Shard {
        let (number, name) = (try row.int32(2), try row.text(3))
        let address = try PostgresAddress(row.text(4))
        let known = self?.shards.first { $0.number == number && $0.name == name && $0.address == address }
        return known ?? Shard(number: number, name: name, address: address)
    }
}
