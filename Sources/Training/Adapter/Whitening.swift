import Vectors

/// Makes the directions small in which photos of the same garment differ from one another, so that what remains tells garments apart:
/// within-class covariance normalization (Hatch & Stolcke 2006).
///
/// What was seen of the differences counts little where there are few photos: as much is added in all directions as `shrinkage`
/// times what there is on average.
struct Whitening {
    /// One row for each of the numbers that vectors have after it, none of them behind the place that is its own.
    let rows: [Float]

    init(_ covariance: WithinClassCovariance, shrinkage: Float) {
        let dimension = covariance.dimension
        var matrix = covariance.matrix
        let mean = (0..<dimension).reduce(Float(0)) { $0 + matrix[$1 * dimension + $1] } / Float(dimension)
        for place in 0..<dimension { matrix[place * dimension + place] += max(shrinkage * mean, .leastNormalMagnitude) }
        rows = TriangularFactor(ofSymmetric: matrix, dimension: dimension).inverse
    }
}

/// How photos of one garment differ, on average over all garments.
struct WithinClassCovariance {
    let dimension: Int
    /// Symmetric, in rows.
    let matrix: [Float]

    init(of vectors: [Float], identities: [Int], dimension: Int) {
        let differences = Self.differences(of: vectors, identities, dimension)
        let count = differences.count / dimension
        precondition(count > 0, "no identity has two photos")
        // Numbers of one dimension in a row, so that products of rows are what the matrix is made of.
        let columns = (0..<dimension).flatMap { number in (0..<count).map { differences[$0 * dimension + number] } }
        self.dimension = dimension
        matrix = columns.products(withRows: columns, dimension: count).map { $0 / Float(count) }
    }

    /// From the mean of each identity; of those alone that have several photos.
    private static func differences(of vectors: [Float], _ identities: [Int], _ dimension: Int) -> [Float] {
        let groups = Dictionary(grouping: identities.indices) { identities[$0] }.values.filter { $0.count > 1 }
        return groups.sorted { $0[0] < $1[0] }.flatMap { group in
            var mean = [Float](repeating: 0, count: dimension)
            for row in group {
                for number in 0..<dimension { mean[number] += vectors[row * dimension + number] / Float(group.count) }
            }
            return group.flatMap { row in (0..<dimension).map { vectors[row * dimension + $0] - mean[$0] } }
        }
    }
}
