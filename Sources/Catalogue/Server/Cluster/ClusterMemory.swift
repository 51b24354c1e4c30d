import Postgres
import Synchronization

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
        try await connection.query("SELECT pg_advisory_xact_lock_shared($1, $2)", Self.lock)
        return try await current(on: connection)
    }

    /// As it stays until the end of a transaction that changes it, or what lies where: nobody else writes embeddings meanwhile.
    func lockedAlone(on connection: PostgresConnection) async throws -> Cluster? {
        try await connection.query("SELECT pg_advisory_xact_lock($1, $2)", Self.lock)
        return try await current(on: connection)
    }

    private static let lock: [PostgresValue] = [
        .int32(PostgresSchema.lockClass), .int32(ServerLock.embeddings.rawValue),
    ]

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
