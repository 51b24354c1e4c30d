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
    private var measuring: Set<String> = []
    /// What was measured here, which may not be kept where all can see it.
    private var measured: [String: Result<TunedEffort, any Error>] = [:]
    private var troubles: [String] = []

    init(of space: EmbeddingSpace, for metric: Metric, in catalogue: PostgresCatalogue) {
        (self.space, self.metric, self.catalogue) = (space, metric, catalogue)
    }

    /// What the servers were asked for a moment ago: it is needed by each search, and seldom another one.
    private struct Standing {
        let states: [GraphState]
        let missing: [MissingShard]
        let time = ContinuousClock.now
        /// By what they are for; `nil` for all embeddings.
        var efforts: [String: GraphEffort?] = [:]

        var estimatedCount: Double { states.reduce(0) { $0 + $1.estimatedCount } }
    }

    func contents(for request: NearestRequest) async throws -> any NearestContents {
        ServerContents(of: space, in: catalogue, request, try await effort(for: request))
    }

    private func effort(for request: NearestRequest) async throws -> GraphEffort? {
        let standing = try await current()
        let name = "\(request.metric) \(request.recall ?? -1) \(request.name)"
        if let effort = standing.efforts[name] { return effort }
        let effort = try await effort(for: request, in: standing)
        self.standing?.efforts[name] = .some(effort)
        return effort
    }

    private func current() async throws -> Standing {
        if let standing, standing.time + .seconds(5) > .now { return standing }
        let (states, missing) = try await catalogue.gatherWhatIsThere(space, .search) { try await $0.graphState }
        let current = Standing(states: states, missing: missing)
        standing = current
        return current
    }

    private func effort(for request: NearestRequest, in standing: Standing) async throws -> GraphEffort? {
        guard let tuning = tuning(for: request, in: standing) else { return nil }
        let tolerance = request.recall == nil ? Self.usualTolerance : Self.tolerance
        var tuned = try await tuning.kept()
        if tuned?.isAbout(standing.estimatedCount, within: tolerance) != true {
            // What is missing cannot be measured.
            guard standing.missing.isEmpty else { return tuned?.effort ?? .unmeasured }
            tuned = try await measure(tuning, within: tolerance)
        }
        // Whoever asks for more than can be reached gets everything.
        let recall = tuned?.effort.recall?.mean ?? 0
        return request.recall.map { $0 > recall } ?? false ? nil : tuned?.effort
    }

    /// How many times as many embeddings there may be as when it was measured.
    private static let tolerance = 1.25
    /// Where nobody asked for some recall, whoever indexes measures anew, and who searches waits for it only in the end.
    private static let usualTolerance = 4.0

    /// `nil` where all embeddings are compared.
    private func tuning(for request: NearestRequest, in standing: Standing) -> GraphTuning? {
        guard (request.recall ?? 0) < 1, let table = standing.states.first?.table,
            let graph = VectorGraph(of: table, request.metric), standing.states.contains(where: { $0.has(graph) })
        else { return nil }
        return GraphTuning(of: table, space, in: catalogue, request, embeddings: standing.estimatedCount)
    }

    /// Once for all who ask at the same time, and to its end, though each of them may give up waiting.
    private func measure(_ tuning: GraphTuning, within tolerance: Double) async throws -> TunedEffort {
        if case .success(let known) = measured[tuning.name], known.isAbout(tuning.embeddings, within: tolerance) {
            return known
        }
        if measuring.insert(tuning.name).inserted {
            Task {
                do { measured[tuning.name] = .success(try await tuning.measured()) } catch {
                    measured[tuning.name] = .failure(error)
                }
                measuring.remove(tuning.name)
            }
        }
        while measuring.contains(tuning.name) { try await Task.sleep(for: .milliseconds(20)) }
        return try measured[tuning.name]!.get()
    }

    /// Where there are many more or many fewer embeddings than when it was measured last.
    func prepare(for request: NearestRequest) async throws {
        do {
            standing = nil
            let current = try await current()
            guard let tuning = tuning(for: request, in: current), current.missing.isEmpty,
                try await tuning.kept()?.isAbout(current.estimatedCount, within: Self.tolerance) != true
            else { return }
            _ = try await measure(tuning, within: Self.tolerance)
        } catch let error as CatalogueError {
            troubles.append("it is not known what searches find: \(error)")
        }
    }

    /// The server tells nobody of what others did; what is derived from the embeddings lasts a minute.
    var revision: Int64? { Int64(Date().timeIntervalSince1970 / 60) }

    func pendingCount() async throws -> Int {
        guard let graph = try await graph() else { return 0 }
        return try await catalogue.gather(space) { try await $0.pendingCount(of: graph) }.reduce(0, +)
    }

    private func graph() async throws -> VectorGraph? {
        try await catalogue.table(of: space).flatMap { VectorGraph(of: $0, metric) }
    }

    /// A graph grows with its table, whoever writes.
    func foldIfDue() async {}

    func fold() async throws {
        guard let graph = try await graph() else { return }
        do {
            guard try await pendingCount() > 0 else { return }
            guard let lock = try await catalogue.graphLock() else {
                troubles.append(
                    "searches are slower than they could be: \(ClusterError.busy(catalogue.location)), and index again")
                return
            }
            defer { _ = lock }
            let built = try await catalogue.gather(space) { held in
                guard try await held.pendingCount(of: graph) > 0 else { return false }
                try await graph.build(on: held.connection)
                return true
            }
            guard built.contains(true) else { return }
            try await catalogue.read { try await $0.execute("ANALYZE photo, content") }
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

/// What was measured, and of how many embeddings.
struct TunedEffort: Sendable {
    let effort: GraphEffort
    let embeddings: Double

    /// Whether there are so many now, or not many times more or fewer.
    func isAbout(_ count: Double, within tolerance: Double) -> Bool {
        embeddings >= count / tolerance && embeddings <= count * tolerance
    }
}

/// How much of a graph is looked at: so many candidates (`hnsw.ef_search`).
struct GraphEffort: Sendable, Hashable {
    let candidates: Int
    /// What was measured with it.
    let recall: Estimate?

    /// Usually enough.
    static let unmeasured = GraphEffort(candidates: 160, recall: nil)
}
