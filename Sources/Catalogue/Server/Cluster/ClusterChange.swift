import Foundation
import Postgres

/// A cluster on its way to what is described, before any slot moves.
struct ClusterChange: Sendable {
    private let description: ClusterDescription
    private let catalogue: PostgresCatalogue

    init(to description: ClusterDescription, in catalogue: PostgresCatalogue) {
        (self.description, self.catalogue) = (description, catalogue)
    }

    /// Returns the cluster with all shards that are described and those that are no more, and the graphs that new ones need.
    func run() async throws -> (Cluster, [VectorGraph]) {
        let owner = try await catalogue.identifier().uuidString
        guard let before = try await catalogue.cluster() else { throw ClusterError.none(catalogue.location) }
        for shard in description.shards {
            let known = before.shards.first { $0.name == shard.name }
            guard known?.address.description != shard.address else { continue }
            try await catalogue.claim(shard, for: owner, mustHave: known != nil)
        }
        let cluster = try await catalogue.write { [clusters = catalogue.clusters] connection in
            guard let cluster = try await clusters.lockedAlone(on: connection) else {
                throw ClusterError.none(catalogue.location)
            }
            try await relocate(cluster, on: connection)
            try await add(to: cluster, on: connection)
            try await connection.query(
                "UPDATE cluster SET revision = revision + 1, deadline = $1", [.double(description.seconds)])
            try await connection.execute(ShardTables.rights)
            return try await clusters.uncommitted(on: connection)
        }
        catalogue.clusters.forget()
        let states = try await before.ask(within: nil) { _, connection in
            try await connection.graphs(of: catalogue.read { try await $0.spaceTables() })
        }
        return (cluster, Array(Set(states.answers.values.joined())))
    }

    private func relocate(_ cluster: Cluster, on connection: PostgresConnection) async throws {
        for shard in cluster.shards {
            guard let described = description.shards.first(where: { $0.name == shard.name }),
                described.address != shard.address.description
            else { continue }
            try await connection.query(
                "UPDATE shard SET address = $1 WHERE number = $2", [.text(described.address), .int32(shard.number)])
            // With all that hangs on it: foreign tables, and the views of them.
            try await connection.execute("DROP SERVER \(shard.number.foreignServer) CASCADE")
            try await connection.makeServer(shard.number, at: PostgresAddress(described.address), named: shard.name)
            for table in try await connection.spaceTables() {
                try await connection.execute(table.foreignDefinition(on: shard.number))
            }
            try await connection.replaceViews(by: cluster)
        }
    }

    private func add(to cluster: Cluster, on connection: PostgresConnection) async throws {
        let new = description.shards.filter { shard in !cluster.shards.contains { $0.name == shard.name } }
        let numbers = try await connection.register(new)
        for (number, shard) in zip(numbers, new) {
            let shard = Shard(number: number, name: shard.name, address: try PostgresAddress(shard.address))
            for table in try await connection.spaceTables() {
                try await shard.ask(within: nil) { try await $0.execute(table.shardDefinition) }
                try await connection.execute(table.foreignDefinition(on: number))
            }
        }
    }
}

extension PostgresConnection {
    fileprivate func graphs(of tables: [SpaceTable]) async throws -> [VectorGraph] {
        var graphs: [VectorGraph] = []
        for table in tables { graphs += try await GraphState(of: table, on: self).graphs }
        return graphs
    }
}
