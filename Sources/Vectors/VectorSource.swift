/// Vectors that lie somewhere, each in one piece, to be indexed.
package struct VectorSource: Sendable {
    package let dimension: Int
    package let ids: [Int64]
    /// Valid for as long as the source is kept.
    package let vector: @Sendable (Int) -> UnsafePointer<Float>

    package init(dimension: Int, ids: [Int64], vector: @escaping @Sendable (Int) -> UnsafePointer<Float>) {
        self.dimension = dimension
        self.ids = ids
        self.vector = vector
    }

    /// For vectors anywhere in memory that `owner` keeps.
    ///
    /// The pointers may go to other tasks, since nobody writes through them.
    init(dimension: Int, ids: [Int64], vectors: [UnsafePointer<Float>], keptBy owner: some Sendable) {
        nonisolated(unsafe) let vectors = vectors
        self.init(dimension: dimension, ids: ids) { index in withExtendedLifetime(owner) { vectors[index] } }
    }

    /// For vectors in rows.
    package init(ids: [Int64], rows: Numbers<Float>, dimension: Int) {
        precondition(ids.count * dimension == rows.count)
        self.init(dimension: dimension, ids: ids) { rows.pointer(to: $0 * dimension) }
    }

    var count: Int { ids.count }

    /// Some of the vectors, in rows.
    func rows(_ indices: some Collection<Int>) -> [Float] {
        let dimension = dimension
        return [Float](unsafeUninitializedCapacity: indices.count * dimension) { rows, initialized in
            for (row, index) in indices.enumerated() {
                (rows.baseAddress! + row * dimension).initialize(from: vector(index), count: dimension)
            }
            initialized = indices.count * dimension
        }
    }

    /// Vectors from everywhere, which stand for all.
    func sample(_ limit: Int) -> [Float] {
        guard count > limit else { return rows(0..<count) }
        var random = LinearCongruence(seed: UInt64(count))
        return rows(
            (0..<limit).map { part in
                let (start, end) = (part * count / limit, (part + 1) * count / limit)
                return Int.random(in: start..<end, using: &random)
            })
    }
}
