import Postgres
import Vectors

/// How many candidates a graph must be asked for to find a wanted share of the neighbours, found out on the embeddings
/// themselves: some of them look for their neighbours in the graph, and among all.
struct GraphTuning: Sendable {
    private let table: SpaceTable
    private let space: EmbeddingSpace
    private let catalogue: PostgresCatalogue
    private let request: NearestRequest
    /// The share of the neighbours that is to be found.
    private let wanted: Double
    /// About how many there are.
    let embeddings: Double

    init(
        of table: SpaceTable, _ space: EmbeddingSpace, in catalogue: PostgresCatalogue, _ request: NearestRequest,
        embeddings: Double
    ) {
        (self.table, self.space, self.catalogue, self.request) = (table, space, catalogue, request)
        wanted = request.recall ?? NearestRequest.usualRecall
        self.embeddings = embeddings
    }

    /// What it is for.
    var name: String { "\(kind) \(wanted)" }

    /// Neighbours that are looked for, as most searches do.
    private static let limit = 10
    private static let sampleSize = 200
    /// Ever more, up to what pgvector allows.
    private static let efforts = [40, 64, 100, 160, 250, 400, 640, 1000]
    private static let pageSize = 2048

    /// A question, and which embeddings are its nearest.
    private struct Probe: Sendable {
        let query: Embedding
        var nearest: [Neighbor] = []

        mutating func merge(_ others: [Neighbor]) {
            nearest = Array((nearest + others).sorted().prefix(GraphTuning.limit))
        }

        var truth: Set<Int64> { Set(nearest.map(\.id)) }
    }

    /// The least effort that is enough, for all that the interval says; the most at last. Kept for everybody, by whoever may write.
    func measured() async throws -> TunedEffort {
        let probes = try await probes()
        var measured = GraphEffort(candidates: Self.efforts[0], recall: Estimate([]))
        for candidates in Self.efforts {
            let recall = Estimate(try await recalls(of: probes, candidates))
            measured = GraphEffort(candidates: candidates, recall: recall)
            if recall.lower >= wanted { break }
        }
        do { try await keep(measured) } catch CatalogueError.noPermission {}
        return TunedEffort(effort: measured, embeddings: embeddings)
    }

    private func recalls(of probes: [Probe], _ candidates: Int) async throws -> [Double] {
        var contents = ServerContents(
            of: space, in: catalogue, request, GraphEffort(candidates: candidates, recall: nil))
        let answers = try await contents.nearest(Self.limit, to: probes.map(\.query)).answers
        return zip(probes, answers).map { probe, answer in
            let ids = Set(answer.neighbors.prefix(Self.limit).map(\.id))
            let truth = probe.truth
            return truth.isEmpty ? 1 : Double(truth.intersection(ids).count) / Double(truth.count)
        }
    }

    /// All embeddings pass by once, whatever the number of questions.
    private func probes() async throws -> [Probe] {
        var (probes, last) = (try await sample(), Int64.min)
        while true {
            let page = try await catalogue.embeddings(of: space, after: last, limit: Self.pageSize)
            guard let end = page.last?.content else { return probes }
            var index = VectorIndex(dimension: space.dimension)
            for (content, embedding) in page { try? index.insert(content, embedding) }
            let answers = try await index.nearest(
                Self.limit, to: probes.map(\.query), metric: request.metric, effort: .exact, tasks: request.tasks)
            for (place, answer) in answers.enumerated() { probes[place].merge(answer.neighbors) }
            last = end
        }
    }

    /// Somebody asks with a photo that is not in the graph, for which its ways were not made: one between two that are.
    private func sample() async throws -> [Probe] {
        let sample = try await catalogue.sample(Self.sampleSize, of: space).map(\.embedding.normalized)
        let others = sample.dropFirst() + sample.prefix(1)
        return zip(sample, others).map { own, other in
            let between = Embedding(zip(own.values, other.values).map { 0.75 * $0 + 0.25 * $1 }).normalized
            return Probe(query: request.query(between))
        }
    }
}

// What was measured once serves everybody.
extension GraphTuning {
    private var kind: String { "\(request.metric.rawValue) \(request.name)" }

    func kept() async throws -> TunedEffort? {
        try await catalogue.read { connection in
            try await connection.query(
                """
                SELECT candidates, mean, lower, upper, embeddings
                FROM tuning WHERE space = $1 AND name = $2 AND wanted = $3
                """, [.int32(table.id), .text(kind), .double(wanted)]
            ).first.map { row in
                let recall = Estimate(mean: try row.double(1), lower: try row.double(2), upper: try row.double(3))
                return TunedEffort(
                    effort: GraphEffort(candidates: Int(try row.int32(0)), recall: recall),
                    embeddings: try row.double(4))
            }
        }
    }

    private func keep(_ effort: GraphEffort) async throws {
        guard let recall = effort.recall else { return }
        try await catalogue.write { connection in
            try await connection.query(
                """
                INSERT INTO tuning (space, name, wanted, embeddings, candidates, mean, lower, upper)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (space, name, wanted) DO UPDATE SET
                    embeddings = excluded.embeddings, candidates = excluded.candidates, mean = excluded.mean,
                    lower = excluded.lower, upper = excluded.upper
                """,
                [
                    .int32(table.id), .text(kind), .double(wanted), .double(embeddings),
                    .int32(Int32(effort.candidates)), .double(recall.mean), .double(recall.lower),
                    .double(recall.upper),
                ])
        }
    }
}
