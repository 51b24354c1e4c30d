/// How often neighbours are what people meant, as labels say it: each embedding asks all others, and those with its label
/// are relevant.
public struct RetrievalQuality: Sendable, Hashable, Codable {
    /// How many embeddings have another one with their label; only these ask.
    public let queryCount: Int
    /// The share of queries whose nearest neighbour is relevant.
    public let precisionAtOne: Estimate
    /// The mean over the queries of the average precision of the whole ranking (Manning et al. 2008, section 8.4).
    public let meanAveragePrecision: Estimate

    /// Traps unless there is one label for each embedding. Ties are broken by the order of the embeddings.
    public init(of embeddings: [Embedding], labels: [String], metric: Metric = .cosine) {
        precondition(embeddings.count == labels.count)
        let judgements = Self.rankings(of: embeddings, metric).enumerated().compactMap { row, ranking in
            Judgement(ranking.map { labels[$0] == labels[row] })
        }
        queryCount = judgements.count
        precisionAtOne = Estimate(judgements.map { $0.isFirstRelevant ? 1 : 0 })
        meanAveragePrecision = Estimate(judgements.map(\.averagePrecision))
    }

    /// For each row all others, nearest first.
    private static func rankings(of embeddings: [Embedding], _ metric: Metric) -> [[Int]] {
        guard let dimension = embeddings.first?.dimension else { return [] }
        var index = ExactIndex(dimension: dimension, metric: metric)
        for embedding in embeddings { index.append(embedding) }
        return embeddings.enumerated().map { row, embedding in
            index.nearest(embeddings.count, to: embedding) { $0 != row }.map(\.row)
        }
    }
}

/// What labels say of one query's ranking.
private struct Judgement {
    let isFirstRelevant: Bool
    let averagePrecision: Double

    /// `nil` where nothing is relevant.
    init?(_ isRelevant: [Bool]) {
        var (found, sum) = (0, 0.0)
        for (rank, isRelevant) in zip(1..., isRelevant) where isRelevant {
            found += 1
            sum += Double(found) / Double(rank)
        }
        guard found > 0 else { return nil }
        isFirstRelevant = isRelevant[0]
        averagePrecision = sum / Double(found)
    }
}
