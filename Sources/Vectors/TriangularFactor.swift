import CKernels

/// A triangular matrix whose product with itself, turned over, is a symmetric one (Cholesky; Golub & Van Loan 2013, section 4.2).
public struct TriangularFactor: Sendable {
    /// The upper of the two, in rows; what is before the diagonal is not looked at.
    private let rows: [Float]
    private let dimension: Int

    /// Takes a matrix in rows; traps unless it is positive definite.
    public init(ofSymmetric matrix: [Float], dimension: Int) {
        precondition(matrix.count == dimension * dimension)
        var rows = matrix
        rows.withUnsafeMutableBufferPointer { rows in
            guard let start = rows.baseAddress else { return }
            for pivot in 0..<dimension {
                let own = start + pivot * dimension
                precondition(own[pivot] > 0, "a matrix that is not positive definite")
                let length = own[pivot].squareRoot()
                ck_add(own + pivot, own + pivot, 1 / length - 1, dimension - pivot)
                for row in pivot + 1..<max(pivot + 1, dimension) {
                    ck_add(start + row * dimension + row, own + row, -own[row], dimension - row)
                }
            }
        }
        (self.rows, self.dimension) = (rows, dimension)
    }

    /// What undoes the lower of the two, in rows, with zeros behind each row's own place: vectors that it is applied to have
    /// products as if the inverse of the symmetric matrix stood between them.
    public var inverse: [Float] {
        var inverse = [Float](repeating: 0, count: dimension * dimension)
        inverse.withUnsafeMutableBufferPointer { inverse in
            guard let start = inverse.baseAddress else { return }
            for row in 0..<dimension {
                let own = start + row * dimension
                own[row] = 1
                for above in 0..<row {
                    ck_add(own, start + above * dimension, -rows[above * dimension + row], above + 1)
                }
                ck_add(own, own, 1 / rows[row * dimension + row] - 1, row + 1)
            }
        }
        return inverse
    }
}
