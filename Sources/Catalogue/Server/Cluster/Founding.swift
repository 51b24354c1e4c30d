import Foundation
import Postgres

/// The embeddings of a catalogue on their way from its own database to shards.
struct Founding: Sendable {
    private let description: ClusterDescription
    private let catalogue: PostgresCatalogue

    init(of description: ClusterDescription, in catalogue: PostgresCatalogue) {
        (self.description, self.catalogue) = (description, catalogue)
    }

    /// Returns the graphs that there were: shards have none yet.
    func run() async throws -> [VectorGraph] {
        let owner = try await catalogue.identifier().uuidString
        guard try await catalogue.cluster() == nil else { throw ClusterError.exists(catalogue.location) }
        for shard in description.shards { try await catalogue.claim(shard, for: owner) }
        let graphs = try await catalogue.write { [clusters = catalogue.clusters, description] connection in
            guard try await clusters.lockedAlone(on: connection) == nil else {
                throw ClusterError.exists(catalogue.location)
            }
            let numbers = try await connection.register(description.shards)
            try await connection.query(
                "INSERT INTO cluster (revision, deadline) VALUES (1, $1)", [.double(description.seconds)])
            try await connection.keep(SlotMap(evenly: numbers))
            let cluster = try await clusters.uncommitted(on: connection)
            let graphs = try await spread(over: cluster, on: connection)
            try await connection.execute(ShardTables.rights)
            return graphs
        }
        // What was read within the transaction is as it is now.
        catalogue.clusters.forget()
        return graphs
    }

    private func spread(over cluster: Cluster, on connection: PostgresConnection) async throws -> [VectorGraph] {
        var graphs: [VectorGraph] = []
        for table in try await connection.spaceTables() {
            graphs += try await GraphState(of: table, on: connection).graphs
            let (_, missing) = try await cluster.ask(within: nil) { try await $1.execute(table.shardDefinition) }
            if let shard = missing.first { throw shard }
            for shard in cluster.shards {
                try await connection.execute(table.foreignDefinition(on: shard.number))
                try await connection.execute(
                    """
                    INSERT INTO \(table.foreignName(on: shard.number)) (content, vector)
                    SELECT content, vector FROM \(table.name) WHERE \(cluster.condition(of: shard))
                    """)
            }
            // Whoever reads waits from here on.
            try await connection.execute("DROP TABLE \(table.name)")
            try await connection.execute(table.viewDefinition(cluster.slots, on: cluster.shards.map(\.number)))
        }
        return graphs
    }
}

extension PostgresCatalogue {
    /// Builds graphs on shards that have enough embeddings for one; `nil` for all shards.
    func build(_ graphs: [VectorGraph], on shards: Set<Int32>? = nil) async throws {
        guard let cluster = try await cluster() else { return }
        for graph in graphs {
            let (_, missing) = try await cluster.ask(shards, within: nil) { shard, connection in
                let held = HeldEmbeddings(
                    table: graph.table, connection: connection, condition: cluster.condition(of: shard), contents: [])
                guard try await held.needs(graph) else { return }
                try await graph.build(on: connection)
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
    func keep(_ slots: SlotMap) async throws {
        let numbers = 0..<SlotMap.slotCount
        try await query(
            """
            INSERT INTO slot (number, shard) SELECT * FROM unnest($1::bigint[], $2::bigint[])
            ON CONFLICT (number) DO UPDATE SET shard = excluded.shard
            """, [.int64s(numbers.map(Int64.init)), .int64s(numbers.map { Int64(slots[$0]) })])
    }
}
