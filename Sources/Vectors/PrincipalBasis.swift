import CKernels

/// The directions in which some vectors differ most, as rows of unit length at right angles to one another.
enum PrincipalBasis {
    /// So many bring nearly all of what more would.
    private static let iterations = 4

    /// By subspace iteration (Halko, Martinsson & Tropp 2011, algorithm 4.4) on the products of all numbers with one
    /// another: `count` rows of `dimension` numbers. Vectors lie in rows; there must be at least one.
    static func leading(_ count: Int, of vectors: [Float], dimension: Int) -> [Float] {
        let rows = vectors.count / dimension
        if rows <= count {
            return span(of: vectors + [Float](repeating: 0, count: (count - rows) * dimension), dimension)
        }
        let covariance = products(of: transposed(vectors, columns: dimension), dimension: dimension)
        var random = LinearCongruence(seed: 1)
        var basis = (0..<count * dimension).map { _ in Float.random(in: -1...1, using: &random) }
        orthonormalize(&basis, dimension: dimension)
        for _ in 0..<iterations {
            basis = product(basis, covariance, count: dimension)
            orthonormalize(&basis, dimension: dimension)
        }
        // Once more, since what the first time leaves is rounding only when the rows were nearly at right angles.
        orthonormalize(&basis, dimension: dimension)
        return basis
    }

    /// So few vectors differ in no other directions than their own.
    private static func span(of vectors: [Float], _ dimension: Int) -> [Float] {
        var basis = vectors
        for _ in 0..<2 { orthonormalize(&basis, dimension: dimension) }
        return basis
    }

    static func transposed(_ matrix: [Float], columns: Int) -> [Float] {
        let rows = columns == 0 ? 0 : matrix.count / columns
        return [Float](unsafeUninitializedCapacity: matrix.count) { result, count in
            for column in 0..<columns {
                for row in 0..<rows { result[column * rows + row] = matrix[row * columns + column] }
            }
            count = matrix.count
        }
    }

    private static func products(of rows: [Float], dimension: Int) -> [Float] {
        product(rows, rows, count: rows.count / dimension)
    }

    /// Of each left row with each right one, all of them `count` numbers long.
    static func product(_ left: [Float], _ right: [Float], count: Int) -> [Float] {
        let (m, n) = (left.count / count, right.count / count)
        return [Float](unsafeUninitializedCapacity: m * n) { result, initialized in
            guard m * n > 0 else { return }
            VectorLoops.best.matrix(left, m, right, n, count, result.baseAddress!)
            initialized = m * n
        }
    }

    /// Takes out of each row what the rows before it have, and gives it the length one. A row of which nothing is left
    /// becomes an axis of which something is.
    private static func orthonormalize(_ rows: inout [Float], dimension: Int) {
        rows.withUnsafeMutableBufferPointer { rows in
            // An axis that was taken, or had nothing left, never has anything left again.
            var axis = 0
            for start in stride(from: 0, to: rows.count, by: dimension) {
                let row = rows.baseAddress! + start
                while !isolate(row, from: rows.baseAddress!, count: start / dimension, dimension: dimension) {
                    for index in 0..<dimension { row[index] = index == axis ? 1 : 0 }
                    axis += 1
                }
            }
        }
    }

    private static func isolate(
        _ row: UnsafeMutablePointer<Float>, from others: UnsafePointer<Float>, count: Int, dimension: Int
    ) -> Bool {
        let (before, _) = products(row, row, dimension)
        guard before > 0 else { return false }
        for _ in 0..<2 {
            for other in 0..<count {
                let start = others + other * dimension
                ck_add(row, start, -ck_product(start, row, dimension), dimension)
            }
        }
        let after = products(row, row, dimension).product
        guard after > before * 1e-10 else { return false }
        ck_add(row, row, Float(1 / after.squareRoot()) - 1, dimension)
        return true
    }

    private static func products(_ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, _ count: Int)
        -> (product: Double, square: Double)
    {
        var (product, square) = (0.0, 0.0)
        VectorLoops.best.products(left, right, count, &product, &square)
        return (product, square)
    }
}
