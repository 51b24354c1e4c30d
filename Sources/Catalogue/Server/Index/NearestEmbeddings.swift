import Postgres
import Vectors

/// Embeddings that servers find nearest, which are compared once more, to the last digit and as everywhere else.
struct NearestEmbeddings: Sendable {
    private var index: VectorIndex
    private var contents: Set<Int64> = []

    init(of space: EmbeddingSpace) { index = VectorIndex(dimension: space.dimension) }

    /// From rows that begin with a content and its embedding. Of a content that comes twice, the first counts.
    mutating func insert(_ rows: PostgresRows) throws {
        for row in rows {
            let content = try row.int64(0)
            guard contents.insert(content).inserted else { continue }
            try index.insert(content, Embedding(try row.floats(1)))
        }
    }

    func answer(_ limit: Int, to query: Embedding, _ metric: Metric) async throws -> NearestAnswer {
        try await index.nearest(limit, to: [query], metric: metric, effort: .exact, tasks: 1)[0]
    }
}
