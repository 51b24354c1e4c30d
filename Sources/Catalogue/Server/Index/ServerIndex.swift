import Foundation
import Postgres
import Vectors

/// A space's index in a database: a graph that pgvector keeps (Malkov and Yashunin 2018), from so many embeddings on that
/// comparing all takes longer.
actor ServerIndex: EmbeddingIndex {
    private let catalogue: PostgresCatalogue
    private let space: EmbeddingSpace
    /// As most searches compare.
    private let metric: Metric
    private var standing: Standing?
    private var troubles: [String] = []

    init(of space: EmbeddingSpace, for metric: Metric, in catalogue: PostgresCatalogue) {
        (self.space, self.metric, self.catalogue) = (space, metric, catalogue)
    }

    /// What the server was asked for a moment ago: it is needed by each search, and seldom another one.
    private struct Standing {
        let state: GraphState
        let time = ContinuousClock.now
        /// By what they are for; `nil` for all embeddings.
        var efforts: [String: GraphEffort?] = [:]
    }

    func contents(for request: NearestRequest) async throws -> any NearestContents {
        ServerContents(of: space, in: catalogue, request, try await effort(for: request))
    }

    private func effort(for request: NearestRequest) async throws -> GraphEffort? {
        let name = "\(request.metric) \(request.recall ?? -1) \(request.name)"
        if let standing, standing.time + .seconds(5) > .now, let effort = standing.efforts[name] { return effort }
        let state = try await state()
        let effort = try await effort(for: request, in: state)
        standing?.efforts[name] = .some(effort)
        return effort
    }

    private func state() async throws -> GraphState {
        if let standing, standing.time + .seconds(5) > .now { return standing.state }
        let state = try await GraphState(of: space, in: catalogue)
        standing = Standing(state: state)
        return state
    }

    private func effort(for request: NearestRequest, in state: GraphState) async throws -> GraphEffort? {
        let wanted = request.recall ?? NearestRequest.usualRecall
        guard let table = state.table, wanted < 1,
            state.graphs.contains(where: { $0.metric == request.metric && $0.isValid })
        else { return nil }
        let tuning = GraphTuning(of: table, space, in: catalogue, request)
        if let kept = try await tuning.kept(wanted, embeddings: state.estimatedCount) { return kept }
        let effort = try await tuning.measured(wanted)
        try? await tuning.keep(effort, for: wanted, embeddings: state.estimatedCount)
        // Whoever asks for more than can be reached gets everything.
        let recall = effort.recall?.mean ?? 0
        return request.recall.map { $0 > recall } ?? false ? nil : effort
    }

    /// The server tells nobody of what others did; what is derived from the embeddings lasts a minute.
    var revision: Int64? { Int64(Date().timeIntervalSince1970 / 60) }

    func pendingCount() async throws -> Int {
        let state = try await GraphState(of: space, in: catalogue)
        guard let table = state.table, let graph = VectorGraph(of: table, metric),
            !state.graphs.contains(where: { $0.name == graph.name && $0.isValid })
        else { return 0 }
        let count = try await catalogue.read { try await $0.count("SELECT count(*) FROM \(table.name)") }
        return count >= VectorGraph.leastCount ? count : 0
    }

    /// A graph grows with its table, whoever writes.
    func foldIfDue() async {}

    func fold() async throws {
        guard try await pendingCount() > 0, let table = try await GraphState(of: space, in: catalogue).table,
            let graph = VectorGraph(of: table, metric)
        else { return }
        do {
            try await graph.build(in: catalogue)
            standing = nil
        } catch let error as CatalogueError {
            troubles.append("searches are slower than they could be: \(error)")
        }
    }

    func mend(_ damage: VectorError) async throws { throw damage }

    func takeTroubles() async -> [String] {
        defer { troubles = [] }
        return troubles
    }
}

/// How much of a graph is looked at: so many candidates (`hnsw.ef_search`).
struct GraphEffort: Sendable, Hashable {
    let candidates: Int
    /// What was measured with it.
    let recall: Estimate?
}
