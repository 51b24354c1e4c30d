import Testing
import Vectors

@testable import Training

@Suite struct WhiteningTests {
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
