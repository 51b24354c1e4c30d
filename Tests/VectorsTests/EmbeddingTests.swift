import TestSupport
import Testing
import Vectors

@Suite struct EmbeddingTests {
    @Test func keepsItsDirectionWhenNormalized() {
        #expect(Embedding([3, -4]).normalized == Embedding([0.6, -0.8]))
        #expect(Embedding([0, 0, 7]).normalized == .axis(2, of: 3))
    }

    @Test(arguments: [1, 2, 17, 1280])
    func hasLengthOneWhenNormalized(dimension: Int) {
        var random = SeededRandom(seed: UInt64(dimension))
        for range in [-1...1, -1e-30...1e-30, -1e30...1e30] as [ClosedRange<Float>] {
            let values = Embedding.random(dimension, in: range, &random).normalized.values
            let length = values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            #expect(abs(length - 1) < 1e-6)
        }
    }

    @Test func staysAsItIsWithoutADirection() {
        #expect(Embedding.zero(3).normalized == .zero(3))
        #expect(Embedding([]).normalized == Embedding([]))
    }
}
