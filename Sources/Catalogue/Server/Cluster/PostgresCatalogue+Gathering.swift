import Postgres

extension PostgresCatalogue {
    /// As of a few seconds ago; `nil` where embeddings lie in the catalogue's own database.
    func cluster() async throws -> Cluster? {
        if let recent = clusters.recent { return recent }
        return try await read { [clusters] in try await clusters.current(on: $0) }
    }

    /// How long shards are waited for.
    enum Patience {
        /// As long as a search waits.
        case search
        /// As long as they are there.
        case work
    }

    /// What all servers answer that hold embeddings of a space; nothing where nothing was embedded in it yet. Of contents that are
    /// looked for, each is one server's. Throws where a shard is missing.
    func gather<T: Sendable>(
        _ space: EmbeddingSpace, _ patience: Patience = .work, of contents: [Int64]? = nil,
        _ body: @escaping @Sendable (HeldEmbeddings) async throws -> T
    ) async throws -> [T] {
        let (answers, missing) = try await gatherWhatIsThere(space, patience, of: contents, body)
        guard missing.isEmpty else { throw CatalogueError(missing, at: location) }
        return answers
    }

    /// The same, and which shards do not answer.
    func gatherWhatIsThere<T: Sendable>(
        _ space: EmbeddingSpace, _ patience: Patience, of contents: [Int64]? = nil,
        _ body: @escaping @Sendable (HeldEmbeddings) async throws -> T
    ) async throws -> (answers: [T], missing: [MissingShard]) {
        let found = try await consistently { [self] cluster in
            guard let table = try await table(of: space) else { return ([T](), [MissingShard]()) }
            return try await cluster.gather(table, patience, of: contents, body)
        }
        if let found { return found }
        let answer = try await read(space, else: nil as T?) { table, connection in
            try await body(
                HeldEmbeddings(table: table, connection: connection, condition: "true", contents: contents ?? []))
        }
        return (answer.map { [$0] } ?? [], [])
    }

    func checkPresence() async throws { try await checkShards() }

    /// Throws where a shard is missing, as soon as a search would: the catalogue's own server waits longer for those whose tables it
    /// joins. Not all may have to be there.
    func checkShards(which mustBeThere: (Shard) -> Bool = { _ in true }) async throws {
        guard let cluster = try await cluster() else { return }
        let asked = Set(cluster.shards.filter(mustBeThere).map(\.number))
        let (_, missing) = try await cluster.ask(asked, within: cluster.deadline) { try await $1.query("SELECT 1") }
        guard missing.isEmpty else { throw CatalogueError(missing, at: location) }
    }

    /// What all shards answer, which takes as long as it does. Throws where one is missing.
    @discardableResult
    func ask<T: Sendable>(
        allOf cluster: Cluster, _ body: @escaping @Sendable (Shard, PostgresConnection) async throws -> T
    ) async throws -> [Int32: T] {
        let (answers, missing) = try await cluster.ask(within: nil, body)
        guard missing.isEmpty else { throw CatalogueError(missing, at: location) }
        return answers
    }

    /// What shards answer to `body` as of one revision of the cluster; `nil` where there is none. Asks anew where it became another
    /// meanwhile: what was looked for may have been on its way, or a shard be none any more.
    func consistently<T: Sendable>(_ body: (Cluster) async throws -> T) async throws -> T? {
        while let cluster = try await cluster() {
            let answer: Result<T, any Error>
            do { answer = .success(try await attempts { try await body(cluster) }) } catch { answer = .failure(error) }
            try Task.checkCancellation()
            if try await isCurrent(cluster) { return try answer.get() }
        }
        return nil
    }

    private func isCurrent(_ cluster: Cluster) async throws -> Bool {
        let revision = try await read { try await ClusterMemory.revision(on: $0) }
        if revision != cluster.revision { clusters.forget() }
        return revision == cluster.revision
    }
}

extension Cluster {
    fileprivate func gather<T: Sendable>(
        _ table: SpaceTable, _ patience: PostgresCatalogue.Patience, of contents: [Int64]?,
        _ body: @escaping @Sendable (HeldEmbeddings) async throws -> T
    ) async throws -> (answers: [T], missing: [MissingShard]) {
        let own = contents.map(slots.split)
        let (answers, missing) = try await ask(own.map { Set($0.keys) }, within: patience == .search ? deadline : nil) {
            shard, connection in
            try await body(
                HeldEmbeddings(
                    table: table, connection: connection, condition: condition(of: shard),
                    contents: own?[shard.number] ?? []))
        }
        return (answers.sorted { $0.key < $1.key }.map(\.value), missing)
    }
}
