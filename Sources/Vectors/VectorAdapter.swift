/// What was learnt of the vectors of one kind of photos: how they become such as tell better what is alike.
///
/// Each number is scaled; a matrix takes from the directions that do not matter; and a small network with one hidden layer adds what no
/// matrix can (a residual: He et al. 2016, section 3.1). Whatever comes out is of length one.
public struct VectorAdapter: Sendable, Hashable {
    /// The network: both layers' weights in rows, one a number that comes out.
    public struct Residual: Sendable, Hashable {
        /// As many rows as are hidden, of the vectors' dimension.
        public let innerWeights: [Float]
        /// One a hidden number.
        public let innerBias: [Float]
        /// As many rows as the vectors' dimension, of the hidden numbers.
        public let outerWeights: [Float]
        /// One a number of the vectors.
        public let outerBias: [Float]

        /// Traps for layers that do not fit.
        public init(innerWeights: [Float], innerBias: [Float], outerWeights: [Float], outerBias: [Float]) {
            precondition(innerWeights.count == innerBias.count * outerBias.count)
            precondition(outerWeights.count == innerWeights.count)
            (self.innerWeights, self.innerBias) = (innerWeights, innerBias)
            (self.outerWeights, self.outerBias) = (outerWeights, outerBias)
        }
    }

    /// What each number is multiplied by first.
    public let scale: [Float]
    /// As many rows as there are numbers; `nil` where vectors are turned no way.
    public let whitening: [Float]?
    /// `nil` where nothing is added.
    public let residual: Residual?

    /// The numbers of a vector, before and after.
    public var dimension: Int { scale.count }

    /// Traps for parts of another dimension than `scale` has.
    public init(scale: [Float], whitening: [Float]?, residual: Residual?) {
        precondition(whitening.map { $0.count == scale.count * scale.count } ?? true)
        precondition(residual.map { $0.outerBias.count == scale.count } ?? true)
        (self.scale, self.whitening, self.residual) = (scale, whitening, residual)
    }

    /// Traps for embeddings of another dimension.
    public func applied(to embeddings: [Embedding]) -> [Embedding] {
        let rows = applied(toRows: embeddings.flatMap(\.values))
        return stride(from: 0, to: rows.count, by: dimension).map { Embedding(Array(rows[$0..<$0 + dimension])) }
    }

    /// The same of vectors that lie one after the other.
    public func applied(toRows rows: [Float]) -> [Float] {
        precondition(rows.count % dimension == 0)
        let scaled = rows.indices.map { rows[$0] * scale[$0 % dimension] }
        let turned = whitening.map { scaled.products(withRows: $0, dimension: dimension) } ?? scaled
        let directions = turned.rowsOfLengthOne(dimension: dimension)
        return residual.map { directions.adding($0).rowsOfLengthOne(dimension: dimension) } ?? directions
    }
}

extension [Float] {
    /// Rows of numbers, each made as long as one; of zeros, zeros.
    public func rowsOfLengthOne(dimension: Int) -> [Float] {
        var rows = self
        for start in stride(from: 0, to: count, by: dimension) {
            let row = self[start..<start + dimension]
            let length = Swift.max(row.product(with: row).squareRoot(), .leastNormalMagnitude)
            for place in row.indices { rows[place] /= length }
        }
        return rows
    }

    fileprivate func adding(_ residual: VectorAdapter.Residual) -> [Float] {
        let (hidden, dimension) = (residual.innerBias.count, residual.outerBias.count)
        var inner = products(withRows: residual.innerWeights, dimension: dimension)
        for place in inner.indices { inner[place] = Swift.max(0, inner[place] + residual.innerBias[place % hidden]) }
        let outer = inner.products(withRows: residual.outerWeights, dimension: hidden)
        return indices.map { self[$0] + outer[$0] + residual.outerBias[$0 % dimension] }
    }
}
