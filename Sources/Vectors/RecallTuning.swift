/// How many partitions must be looked into to find a wanted share of the neighbours, found out on the vectors themselves.
public struct RecallTuning: Sendable, Hashable, Codable {
    /// Neighbours that are looked for, as most searches do.
    static let limit = 10
    /// Vectors that are looked for the neighbours of.
    private static let sampleSize = 500

    /// Of each block.
    public let partitions: Int
    /// The share of the exact answers' neighbours that are found so, with its 95 % interval.
    public let recall: Estimate

    /// Tries ever more partitions until the recall at ten is as wanted, between 0 and 1, for all that the interval says;
    /// all of them at last.
    ///
    /// Queries are vectors of the index, taken from everywhere and made what is asked with, each of which looks for the others.
    public init(
        for wanted: Double, in index: VectorIndex, metric: Metric = .cosine, tasks: Int,
        asking query: (Embedding) -> Embedding = { $0 }
    ) async {
        let queries = index.sample(Self.sampleSize).map { (id: $0.id, vector: query($0.vector)) }
        let truth = await Self.answers(queries, index, .exact, metric, tasks)
        var partitions = 1
        while true {
            let found = await Self.answers(queries, index, .partitions(partitions), metric, tasks)
            let recall = Estimate(zip(found, truth).map(Self.recall))
            let isAll = partitions >= index.partitionCount
            if recall.lower >= wanted || isAll {
                (self.partitions, self.recall) = (partitions, recall)
                return
            }
            partitions = min(index.partitionCount, max(partitions + 1, partitions * 5 / 4))
        }
    }

    private static func answers(
        _ queries: [(id: Int64, vector: Embedding)], _ index: VectorIndex, _ effort: SearchEffort,
        _ metric: Metric, _ tasks: Int
    ) async -> [Set<Int64>] {
        // Vectors that are in the index can be compared.
        let answers = try? await index.nearest(
            limit + 1, to: queries.map(\.vector), metric: metric, effort: effort, tasks: tasks)
        return zip(queries, answers ?? []).map { query, answer in
            Set(answer.neighbors.map(\.id).filter { $0 != query.id }.prefix(limit))
        }
    }

    private static func recall(_ found: Set<Int64>, _ truth: Set<Int64>) -> Double {
        truth.isEmpty ? 1 : Double(truth.intersection(found).count) / Double(truth.count)
    }
}
