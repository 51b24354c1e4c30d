import Postgres
import Vectors

/// A search as all shards of a cluster are asked for it, and what they find gathered.
struct ScatteredSearch: Sendable {
    let space: EmbeddingSpace
    /// `nil` where nothing was embedded in the space yet.
    let table: SpaceTable?
    let cluster: Cluster
    let request: NearestRequest
    let effort: GraphEffort?
    /// The contents that may be found, by shards; `nil` for all.
    let selected: [Int32: [Int64]]?
    /// Whether each of these is compared.
    let areFew: Bool

    /// The answers in the order of the queries, and the names of the shards without which they were found.
    func nearest(_ limit: Int, to queries: [Embedding], at location: CatalogueLocation)
        async throws -> (answers: [NearestAnswer], missing: Set<String>)
    {
        var (answers, missing) = ([NearestAnswer](), Set<String>())
        // A shard's time runs from when it could begin.
        for start in stride(from: 0, to: queries.count, by: Shard.connectionLimit) {
            let some = Array(queries[start..<min(start + Shard.connectionLimit, queries.count)])
            let found = try await nearestAtOnce(limit, to: some, at: location)
            answers += found.answers
            missing.formUnion(found.missing)
        }
        return (answers, missing)
    }

    private func nearestAtOnce(_ limit: Int, to queries: [Embedding], at location: CatalogueLocation)
        async throws -> (answers: [NearestAnswer], missing: Set<String>)
    {
        try await withThrowingTaskGroup(of: (Int, NearestAnswer, [MissingShard]).self) { group in
            for (place, query) in queries.enumerated() {
                group.addTask {
                    let (found, missing) = try await nearest(limit, to: query)
                    return (place, found, missing)
                }
            }
            var (answers, missing) = ([Int: NearestAnswer](), Set<String>())
            for try await (place, answer, absent) in group {
                guard absent.isEmpty || request.acceptsMissing else { throw CatalogueError(absent, at: location) }
                answers[place] = answer
                missing.formUnion(absent.map(\.name))
            }
            return (queries.indices.map { answers[$0]! }, missing)
        }
    }

    private func nearest(_ limit: Int, to query: Embedding) async throws -> (NearestAnswer, [MissingShard]) {
        var found = NearestEmbeddings(of: space)
        guard let table else { return (try await found.answer(limit, to: query, request.metric), []) }
        let (rows, missing) = try await cluster.ask(selected.map { Set($0.keys) }, within: cluster.deadline) {
            shard, connection in
            try await statement(limit, to: query, on: shard).rows(on: connection, of: table)
        }
        for rows in rows.values { try found.insert(rows) }
        return (try await found.answer(limit, to: query, request.metric), missing)
    }

    private func statement(_ limit: Int, to query: Embedding, on shard: Shard) -> NearestStatement {
        let candidates = selected.map {
            NearestStatement.Candidates.contents($0[shard.number] ?? [], areFew: areFew)
        }
        return NearestStatement(
            request.metric, effort, among: candidates ?? .all, limit: limit, query: query,
            mostInGraph: Self.mostInGraph)
    }

    /// A shard is large, and its answer is waited for no longer than the deadline. What is found may be selected from afterwards.
    private static let mostInGraph = 20_000
}
