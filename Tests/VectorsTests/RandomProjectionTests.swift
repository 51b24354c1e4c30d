import TestSupport
import Testing

@testable import Vectors

@Suite struct RandomProjectionTests {
    private func vectors(_ count: Int, dimension: Int) -> [Float] {
        var random = LinearCongruence(seed: 7)
        return (0..<count * dimension).map { _ in .random(in: -1...1, using: &random) }
    }

    /// With 64 numbers, cosines are an eighth off at most times.
    @Test(arguments: [100, 512, 2048])
    func keepsHowFarVectorsAreFromOneAnother(dimension: Int) {
        var vectors = vectors(40, dimension: dimension)
        // Some that are near to one another, too.
        for place in 0..<20 * dimension {
            vectors[20 * dimension + place] = vectors[place] + vectors[20 * dimension + place] / 2
        }
        let (rows, projected) = (
            rows(of: vectors, dimension), rows(of: RandomProjection(from: dimension, to: 64).applied(to: vectors), 64)
        )
        #expect(projected.count == 40)
        let pairs = (0..<40).flatMap { left in (0..<left).map { (left, $0) } }
        let errors = pairs.map { left, right in
            abs(cosine(projected[left], projected[right]) - cosine(rows[left], rows[right]))
        }
        #expect(errors.reduce(0, +) / Float(errors.count) < 0.125 && errors.max() ?? 1 < 0.5)
    }

    private func cosine(_ left: Embedding, _ right: Embedding) -> Float {
        left.normalized.values.product(with: right.normalized.values)
    }

    private func rows(of numbers: [Float], _ dimension: Int) -> [Embedding] {
        stride(from: 0, to: numbers.count, by: dimension).map { Embedding(Array(numbers[$0..<$0 + dimension])) }
    }

    @Test func isTheSameEachTimeAndOfEachVectorByItself() {
        let vectors = vectors(3, dimension: 50)
        let together = RandomProjection(from: 50, to: 8).applied(to: vectors)
        let alone = RandomProjection(from: 50, to: 8).applied(to: Array(vectors[50..<100]))
        #expect(zip(alone, together[8..<16]).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    @Test func addsAndTakesAwayOnly() {
        let axis = [Float](repeating: 0, count: 9) + [1]
        #expect(Set(RandomProjection(from: 10, to: 64).applied(to: axis)) == [-1, 1])
    }
}
