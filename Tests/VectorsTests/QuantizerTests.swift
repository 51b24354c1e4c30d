import TestSupport
import Testing

@testable import Vectors

@Suite struct QuantizerTests {
    @Test(arguments: [1, 4, 63, 64, 65, 100, 512, 1280, 4096])
    func hasHeadsOfWholeGroupsOfBytes(dimension: Int) {
        let count = Quantizer.headCount(dimension: dimension)
        #expect(count % 4 == 0 && count > 0)
        #expect(dimension > 64 ? count <= dimension / 2 : count >= dimension)
    }

    @Test(arguments: [65, 130, 200])
    func splitsWhatIsAtRightAngles(dimension: Int) {
        var random = SeededRandom(seed: UInt64(dimension))
        let quantizer = Quantizer(learningFrom: Embedding.random(90 * dimension, &random).values, dimension: dimension)
        let before = Embedding.random(dimension, &random).values
        var (rest, head) = (before, [Float](repeating: 0, count: quantizer.headCount))
        quantizer.split(&rest, count: 1, heads: &head)
        let products = PrincipalBasis.product(quantizer.basis, rest, count: dimension)
        #expect(products.allSatisfy { abs($0) < 1e-5 })
        func square(_ numbers: [Float]) -> Float { numbers.reduce(0) { $0 + $1 * $1 } }
        #expect(abs(square(rest) + square(head) - square(before)) < 1e-4 * square(before))
    }
}
