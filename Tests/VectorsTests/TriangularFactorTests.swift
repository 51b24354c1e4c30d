import Testing

@testable import Vectors

@Suite struct TriangularFactorTests {
    /// Random, and surely positive.
    private func matrix(_ dimension: Int) -> [Float] {
        var random = LinearCongruence(seed: 3)
        let rows = (0..<dimension * (dimension + 3)).map { _ in Float.random(in: -1...1, using: &random) }
        return rows.products(withRows: rows, dimension: dimension + 3)
    }

    @Test(arguments: [1, 2, 5, 24, 70])
    func aTriangleUndoesTheMatrixItIsOf(dimension: Int) {
        let matrix = matrix(dimension)
        let inverse = TriangularFactor(ofSymmetric: matrix, dimension: dimension).inverse
        // Rows of the inverse, times the matrix, times columns of the inverse turned over.
        let half = inverse.products(withRows: matrix, dimension: dimension)
        let product = half.products(withRows: inverse, dimension: dimension)
        for row in 0..<dimension {
            for column in 0..<dimension {
                #expect(abs(product[row * dimension + column] - (row == column ? 1 : 0)) < 1e-3)
                if column > row { #expect(inverse[row * dimension + column] == 0) }
            }
        }
    }
}
