import TestSupport
import Testing

@testable import Vectors

@Suite struct PrincipalBasisTests {
    @Test(arguments: [(1, 0), (1, 70), (3, 70), (40, 70), (500, 70)])
    func isOrthonormalWhateverItIsOf(count: Int, dimension: Int) {
        guard dimension > 0 else { return }
        var random = SeededRandom(seed: UInt64(count))
        for vectors in [Embedding.random(count * dimension, &random).values, Embedding.zero(count * dimension).values] {
            let basis = PrincipalBasis.leading(32, of: vectors, dimension: dimension)
            let products = PrincipalBasis.product(basis, basis, count: dimension)
            for (place, product) in products.enumerated() {
                #expect(abs(product - (place / 32 == place % 32 ? 1 : 0)) < 1e-5)
            }
        }
    }

    @Test func findsTheDirectionsInWhichVectorsDiffer() {
        var random = SeededRandom(seed: 2)
        let vectors = (0..<300).flatMap { _ in
            (0..<80).map {
                $0 < 3 ? Float.random(in: -9...9, using: &random) : Float.random(in: -0.1...0.1, using: &random)
            }
        }
        let basis = PrincipalBasis.leading(3, of: vectors, dimension: 80)
        #expect(basis.indices.allSatisfy { $0 % 80 < 3 || abs(basis[$0]) < 0.02 })
    }
}
