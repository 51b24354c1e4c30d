import TestSupport
import Vectors

extension Embedding {
    static func random(_ dimension: Int, in range: ClosedRange<Float> = -1...1, _ random: inout SeededRandom)
        -> Embedding
    {
        Embedding((0..<dimension).map { _ in Float.random(in: range, using: &random) })
    }

    /// All zeros but for one number.
    static func axis(_ axis: Int, of dimension: Int, length: Float = 1) -> Embedding {
        Embedding((0..<dimension).map { $0 == axis ? length : 0 })
    }

    static func zero(_ dimension: Int) -> Embedding { Embedding([Float](repeating: 0, count: dimension)) }
}

extension VectorIndex {
    /// Numbered from 0 on.
    init(_ vectors: [Embedding], dimension: Int) throws {
        self.init(dimension: dimension)
        for (id, vector) in vectors.enumerated() { try insert(Int64(id), vector) }
    }
}

extension Metric {
    /// How alike two embeddings are, as an index finds it.
    func similarity(_ left: Embedding, _ right: Embedding) throws -> Double {
        let index = try VectorIndex([right], dimension: right.dimension)
        return try index.nearest(1, to: left, metric: self).neighbors[0].similarity
    }

    /// By its definition, one number after the other, and negative for distances so that the greatest is nearest.
    func score(_ left: Embedding, _ right: Embedding) -> Double {
        func sum(_ term: (Double, Double) -> Double) -> Double {
            zip(left.values, right.values).reduce(0) { $0 + term(Double($1.0), Double($1.1)) }
        }
        switch self {
        case .dot: return sum(*)
        case .euclidean: return -sum { ($0 - $1) * ($0 - $1) }
        case .cosine:
            let lengths = (sum { left, _ in left * left } * sum { _, right in right * right }).squareRoot()
            return lengths > 0 ? min(1, max(-1, sum(*) / lengths)) : 0
        }
    }
}

/// The nearest by comparing one by one.
func naive(_ limit: Int, _ vectors: [(id: Int64, vector: Embedding)], to query: Embedding, _ metric: Metric) -> [Int64]
{
    vectors.map { (metric.score(query, $0.vector), $0.id) }.sorted { ($1.0, $0.1) < ($0.0, $1.1) }.prefix(limit)
        .map(\.1)
}
