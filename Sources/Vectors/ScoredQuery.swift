import CKernels

/// A query, and how it is compared with others to the last digit.
///
/// Scores are computed in double precision. They order neighbours as similarities do: the cosine, the negative squared
/// distance or the dot product.
struct ScoredQuery: Sendable {
    let metric: Metric
    let values: [Float]
    private let square: Double
    private let loops = VectorLoops.best

    /// Its Euclidean length.
    var length: Double { square.squareRoot() }

    init(_ embedding: Embedding, metric: Metric) {
        self.metric = metric
        values = embedding.values
        var (product, square) = (0.0, 0.0)
        loops.products(values, values, values.count, &product, &square)
        self.square = square
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

    /// What has the same direction must not be told apart by rounding.
    private func cosine(_ product: Double, _ square: Double) -> Double {
        let lengths = (self.square * square).squareRoot()
        return lengths > 0 ? min(1, max(-1, product / lengths)) : 0
    }
}
