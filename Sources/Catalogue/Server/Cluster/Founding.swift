import Foundation
import Postgres
import Vectors

/// The embeddings of a catalogue on their way from its own database to shards.
///
/// All is copied, and searched through graphs, before the catalogue says that it is spread: until then, searches find what there
/// is where it was, and whoever is stopped leaves nothing behind but tables on shards, which the next one empties.
struct Founding: Sendable {
    private let description: ClusterDescription
    private let catalogue: PostgresCatalogue
    /// As it is going to be, but for the shards' numbers.
    private let cluster: Cluster

    init(of description: ClusterDescription, in catalogue: PostgresCatalogue) throws {
        (self.description, self.catalogue) = (description, catalogue)
        let shards = try zip(Int32(0)..., description.shards).map { number, shard in
            Shard(number: number, name: shard.name, address: try PostgresAddress(shard.address))
        }
        cluster = Cluster(
            revision: 0, deadline: .seconds(description.seconds), shards: shards,
            slots: SlotMap(evenly: shards.map(\.number)))
    }

    /// `progress` is told of embeddings that are on their shards.
    func run(progress: (_ done: Int, _ total: Int) -> Void) async throws {
        let owner = try await catalogue.identifier().uuidString
        guard try await catalogue.cluster() == nil else { throw ClusterError.exists(catalogue.location) }
        for shard in description.shards { try await catalogue.claim(shard, for: owner) }
        do { try await spread(progress: progress) } catch let error
            where !(error is CancellationError || error is ClusterError)
        {
            throw CatalogueError(error, at: catalogue.location)
        }
        catalogue.clusters.forget()
    }

    private func spread(progress: (_ done: Int, _ total: Int) -> Void) async throws {
        let writer = try await catalogue.pool.session()
        try await checkAccess(of: writer)
        try await writer.lockEmbeddings()
        try await checkThatThereIsNone(on: writer)
        let spaces = try await catalogue.spaces()
        let total = spaces.reduce(0) { $0 + $1.count }
        var done = 0
        for space in spaces.map(\.space) {
            try await copy(space) { count in
                done += count
                progress(done, total)
            }
        }
        try await writer.transaction { try await replaceTables(on: $0) }
    }

    private func checkThatThereIsNone(on connection: PostgresConnection) async throws {
        guard try await ClusterMemory.revision(on: connection) == nil else {
            throw ClusterError.exists(catalogue.location)
        }
    }

    /// Before hours of copying: whether the catalogue's server gets into the shards. Nothing is left of it.
    private func checkAccess(of session: PostgresConnection) async throws {
        try await session.execute("BEGIN")
        _ = try await session.register(description.shards)
        try await session.execute("ROLLBACK")
    }

    /// Few enough to be in memory, and as many as keep all shards busy.
    private static let embeddingsAtOnce = 4096

    private func copy(_ space: EmbeddingSpace, progress: (_ count: Int) -> Void) async throws {
        guard let table = try await catalogue.table(of: space) else { return }
        // With graphs that somebody left who was stopped, which would grow row by row.
        try await catalogue.ask(allOf: cluster) {
            try await $1.execute("DROP TABLE IF EXISTS \(table.name); \(table.shardDefinition)")
        }
        var last = Int64.min
        while case let page = try await catalogue.embeddings(of: space, after: last, limit: Self.embeddingsAtOnce),
            let end = page.last
        {
            try Task.checkCancellation()
            let parts = Dictionary(grouping: page) { cluster.slots[SlotMap.slot(of: $0.content)] }
            try await catalogue.ask(allOf: cluster) { shard, connection in
                try await connection.copy(parts[shard.number] ?? [], into: table)
            }
            progress(page.count)
            last = end.content
        }
        let graphs = try await catalogue.read { try await GraphState(of: table, on: $0).graphs }
        try await catalogue.build(graphs, in: cluster, inUse: false)
    }

    /// Whoever reads waits for this alone, which copies nothing.
    private func replaceTables(on connection: PostgresConnection) async throws {
        try await checkThatThereIsNone(on: connection)
        let numbers = try await connection.register(description.shards)
        try await connection.query(
            "INSERT INTO cluster (revision, deadline) VALUES (1, $1)", [.double(description.seconds)])
        let slots = SlotMap(evenly: numbers)
        try await connection.keep(slots)
        for table in try await connection.spaceTables() {
            for number in numbers { try await connection.execute(table.foreignDefinition(on: number)) }
            try await connection.execute("DROP TABLE \(table.name)")
            try await connection.execute(table.viewDefinition(slots, on: numbers))
        }
        try await connection.execute(ShardTables.rights)
    }
}

extension PostgresCatalogue {
    /// Builds graphs on shards that have enough embeddings for one; `nil` for all shards.
    func build(
        _ graphs: [VectorGraph], in cluster: Cluster, on shards: Set<Int32>? = nil, inUse: Bool = true
    ) async throws {
        for graph in graphs {
            let (_, missing) = try await cluster.ask(shards, within: nil) { shard, connection in
                let held = HeldEmbeddings(
                    table: graph.table, connection: connection, condition: cluster.condition(of: shard), contents: [])
                guard try await held.needs(graph) else { return }
                try await graph.build(on: connection, inUse: inUse)
            }
            guard missing.isEmpty else { throw CatalogueError(missing, at: location) }
        }
    }
}

extension HeldEmbeddings {
    /// A shard that is still empty has a graph before its slots come, since it serves from the first on.
    fileprivate func needs(_ graph: VectorGraph) async throws -> Bool {
        guard try await !graphState.has(graph) else { return false }
        let count = try await connection.embeddingCount(in: [table])
        return count == 0 || count >= VectorGraph.leastCount
    }
}

extension PostgresConnection {
    /// Until the session ends, nobody else writes embeddings, or makes tables for them.
    fileprivate func lockEmbeddings() async throws {
        try await mayIdle()
        try await query(
            "SELECT pg_advisory_lock($1, $2)",
            [.int32(PostgresSchema.lockClass), .int32(ServerLock.embeddings.rawValue)])
    }

    func keep(_ slots: SlotMap) async throws {
        let numbers = 0..<SlotMap.slotCount
        try await query(
            """
            INSERT INTO slot (number, shard) SELECT * FROM unnest($1::bigint[], $2::bigint[])
            ON CONFLICT (number) DO UPDATE SET shard = excluded.shard
            """, [.int64s(numbers.map(Int64.init)), .int64s(numbers.map { Int64(slots[$0]) })])
    }
}
