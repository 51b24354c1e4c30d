import CKernels

/// A query, and how it is compared with others to the last digit.
///
/// Scores are computed in double precision. They order neighbours as similarities do: the cosine, the negative squared
/// distance or the dot product.
struct ScoredQuery: Sendable {
    let metric: Metric
    let values: [Float]
    /// Its Euclidean length.
    let length: Double
    private let loops = VectorLoops.best

    init(_ embedding: Embedding, metric: Metric) {
        self.metric = metric
        values = embedding.values
        length = values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    func score(_ row: UnsafePointer<Float>) -> Double {
        values.withUnsafeBufferPointer { values in
            guard let start = values.baseAddress else { return 0 }
            if metric == .euclidean { return -loops.squared_distance(start, row, values.count) }
            var (product, square) = (0.0, 0.0)
            loops.products(start, row, values.count, &product, &square)
            return metric == .dot ? product : cosine(product, square)
        }
    }

    /// Rounding must not tell apart what has the same direction as the query.
    private func cosine(_ product: Double, _ square: Double) -> Double {
        let lengths = length * square.squareRoot()
        return lengths > 0 ? min(1, max(-1, product / lengths)) : 0
    }
}
