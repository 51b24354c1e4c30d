import Testing
import Vectors

@testable import Training

@Suite struct WhiteningTests {
    /// Random, and surely positive.
    private func matrix(_ dimension: Int) -> [Float] {
        var random = SeededRandom(state: 3)
        let rows = (0..<dimension * (dimension + 3)).map { _ in Float.random(in: -1...1, using: &random) }
        return rows.products(withRows: rows, dimension: dimension + 3)
    }

    @Test(arguments: [1, 2, 5, 24])
    func aTriangleUndoesTheMatrixItIsOf(dimension: Int) {
        let matrix = matrix(dimension)
        let inverse = Triangle(ofSymmetric: matrix, dimension: dimension).inverse
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

    @Test func whatDiffersWithinIdentitiesCountsLess() {
        // Photos of one identity differ in the first number, identities in the second.
        let vectors: [Float] = [1, 1, -1, 1, 1, -1, -1, -1, 7, 7]
        let covariance = WithinClassCovariance(of: vectors, identities: [0, 0, 1, 1, 2], dimension: 2)
        #expect(covariance.matrix == [1, 0, 0, 0])
        let rows = Whitening(covariance, shrinkage: 0.1).rows
        // One over the roots of 1 + .05 and .05.
        #expect(
            abs(rows[0] - 1 / Float(1.05).squareRoot()) < 1e-5 && abs(rows[3] - 1 / Float(0.05).squareRoot()) < 1e-4)
        #expect(rows[1] == 0 && rows[2] == 0)
    }
}
