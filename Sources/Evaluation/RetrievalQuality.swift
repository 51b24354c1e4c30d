public import Vectors

/// How often neighbours are what people meant, as labels say it: each embedding asks all others, and those with its label
/// are relevant.
public struct RetrievalQuality: Sendable, Hashable, Codable {
    /// How many embeddings have another one with their label; only these ask.
    public let queryCount: Int
    /// The share of queries whose nearest neighbour is relevant.
    public let precisionAtOne: Estimate
    /// The mean over the queries of the average precision of the whole ranking (Manning et al. 2008, section 8.4).
    public let meanAveragePrecision: Estimate

    /// Traps unless there is one label for each embedding, and throws for one that cannot be compared. Ties are broken by the order of the embeddings.
    public init(of embeddings: [Embedding], labels: [String], metric: Metric = .cosine) throws(VectorError) {
        precondition(embeddings.count == labels.count)
        let judgements = try Self.rankings(of: embeddings, metric).enumerated().compactMap {
            row, ranking -> Judgement? in
            let isRelevant = ranking.map { labels[$0] == labels[row] }
            let count = isRelevant.count { $0 }
            return count > 0 ? Judgement(isRelevant, of: count) : nil
        }
        queryCount = judgements.count
        precisionAtOne = Estimate(judgements.map { $0.precision(at: 1) })
        meanAveragePrecision = Estimate(judgements.map { $0.averagePrecision() })
    }

    /// For each row all others, nearest first.
    private static func rankings(of embeddings: [Embedding], _ metric: Metric) throws(VectorError) -> [[Int]] {
        guard let dimension = embeddings.first?.dimension else { return [] }
        var index = VectorIndex(dimension: dimension)
        for (row, embedding) in embeddings.enumerated() { try index.insert(Int64(row), embedding) }
        var rankings: [[Int]] = []
        for (row, embedding) in embeddings.enumerated() {
            let others = try index.nearest(embeddings.count, to: embedding, metric: metric) { $0 != row }
            rankings.append(others.neighbors.map { Int($0.id) })
        }
        return rankings
    }
}
