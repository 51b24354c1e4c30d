import Postgres

/// A catalogue on a server whose embeddings are spread over several: made, changed while it serves, and looked at.
///
/// Photos and all else that is known of them stay on the catalogue's own server, which knows the others as foreign servers
/// (`postgres_fdw`). An embedding lies on the shard that holds its content's slot.
public struct CatalogueCluster: Sendable {
    let catalogue: PostgresCatalogue

    /// Asks the server for nothing yet; a catalogue that is not there is made when it is, if it may be. Throws
    /// `ClusterError.inFile` for one that lies in a file.
    public init(of location: CatalogueLocation, mayBeMade: Bool = false) throws(ClusterError) {
        guard case .server(let address) = location else { throw .inFile(location) }
        catalogue = PostgresCatalogue(on: address, mayBeMade: mayBeMade)
    }

    /// Spreads the embeddings of a catalogue that is on one server. Searches go on meanwhile, and whoever indexes waits. Throws a
    /// `ClusterError` or a `CatalogueError`, and then nothing has changed. `progress` is told of embeddings that are on their
    /// shards.
    public func found(
        _ description: ClusterDescription, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws {
        let lock = try await lock()
        defer { _ = lock }
        try await Founding(of: description, in: catalogue).run(progress: progress)
    }

    /// Makes of a cluster what is described: shards that are new get their share of the slots, those that are gone lose theirs,
    /// and what is said otherwise of others counts from now on. Searches go on meanwhile, and whoever indexes waits for a step at
    /// most. What was interrupted goes on where it was when it is called again. `progress` is told of slots that have moved.
    ///
    /// Of shards that are `lost` with all that they held, the others take the slots as they are: empty. Their photos are embedded
    /// anew by whoever indexes next.
    public func apply(
        _ description: ClusterDescription, lost: Set<String> = [],
        progress: (_ moved: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws {
        if let name = lost.first(where: { name in description.shards.contains { $0.name == name } }) {
            throw ClusterError.lostAndWanted(name: name)
        }
        let lock = try await lock()
        defer { _ = lock }
        try await catalogue.checkShards { shard in
            // Of those that have moved, whatever is where they were.
            let described = description.shards.first { $0.name == shard.name }
            return !lost.contains(shard.name) && shard.address.description == described?.address ?? "\(shard.address)"
        }
        let (cluster, graphs) = try await ClusterChange(to: description, in: catalogue).run()
        let gone = Set(cluster.shards.filter { lost.contains($0.name) }.map(\.number))
        let wanted = cluster.shards.filter { shard in description.shards.contains { $0.name == shard.name } }
        try await catalogue.build(graphs, in: cluster, on: Set(wanted.map(\.number)))
        let moves = cluster.slots.moves(toBalance: wanted.map(\.number))
        var moved = 0
        for step in try await catalogue.steps(of: moves, lost: gone) {
            progress(moved, moves.count)
            try await lock.confirm()
            try await catalogue.move(step)
            moved += step.slots.count
        }
        progress(moved, moves.count)
        try await catalogue.removeShards(notIn: Set(wanted.map(\.number)))
    }

    /// Of two who move a slot at once, the second would take what is left of it where it was, which is nothing.
    private func lock() async throws -> CatalogueLock {
        switch try await catalogue.graphLock() {
        case .some(let lock): return lock
        case .none: throw ClusterError.busy(catalogue.location)
        }
    }

    /// How the cluster is, and which shards answer. Throws `ClusterError.none` where there is none.
    public var status: ClusterStatus {
        get async throws {
            guard let cluster = try await catalogue.cluster() else { throw ClusterError.none(catalogue.location) }
            return try await ClusterStatus(of: cluster, in: catalogue)
        }
    }
}
