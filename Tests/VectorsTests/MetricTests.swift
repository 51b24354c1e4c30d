import TestSupport
import Testing
import Vectors

@Suite struct MetricTests {
    @Test func comparesByTheAngle() throws {
        #expect(try Metric.cosine.similarity(Embedding([1, 0]), Embedding([5, 0])) == 1)
        #expect(try Metric.cosine.similarity(Embedding([1, 0]), Embedding([0, 2])) == 0)
        #expect(try Metric.cosine.similarity(Embedding([1, 0]), Embedding([-3, 0])) == -1)
        #expect(try abs(Metric.cosine.similarity(Embedding([3, 4]), Embedding([4, 3])) - 0.96) < 1e-7)
    }

    @Test func comparesByTheDistance() throws {
        #expect(try Metric.euclidean.similarity(Embedding([1, 1]), Embedding([1, 1])) == 1)
        #expect(try Metric.euclidean.similarity(Embedding([0, 0]), Embedding([3, 4])) == 1.0 / 6)
        #expect(try Metric.euclidean.similarity(Embedding([0]), Embedding([-1])) == 0.5)
    }

    @Test func comparesByTheProduct() throws {
        #expect(try Metric.dot.similarity(Embedding([1, 2]), Embedding([3, -4])) == -5)
        #expect(try Metric.dot.similarity(Embedding([0, 0]), Embedding([3, 4])) == 0)
    }

    @Test func findsNoAngleToWhatHasNoDirection() throws {
        #expect(try Metric.cosine.similarity(.zero(3), .axis(1, of: 3)) == 0)
        #expect(try Metric.cosine.similarity(.axis(1, of: 3), .zero(3)) == 0)
        #expect(try Metric.cosine.similarity(.zero(3), .zero(3)) == 0)
    }

    @Test(arguments: [Metric.cosine, .euclidean], [1, 2, 16, 33, 65, 1280])
    func isSymmetricBoundedAndGreatestForItself(metric: Metric, dimension: Int) throws {
        var random = SeededRandom(seed: UInt64(dimension) + 100)
        for range in [-1...1, 0...6, -1000...1000, -1e-6...1e-6] as [ClosedRange<Float>] {
            for _ in 0..<5 {
                let (left, right) = (
                    Embedding.random(dimension, in: range, &random), Embedding.random(dimension, in: range, &random)
                )
                let similarity = try metric.similarity(left, right)
                #expect(try similarity == metric.similarity(right, left))
                #expect(metric == .cosine ? (-1...1).contains(similarity) : similarity > 0 && similarity <= 1)
                #expect(try abs(metric.similarity(left, left) - 1) < 1e-6)
            }
        }
    }

    @Test func overlooksLengthOnlyForTheAngle() throws {
        var random = SeededRandom(seed: 8)
        let (left, right) = (Embedding.random(33, &random), Embedding.random(33, &random))
        let longer = Embedding(right.values.map { $0 * 8 })
        #expect(try Metric.cosine.similarity(left, longer) == Metric.cosine.similarity(left, right))
        #expect(try Metric.euclidean.similarity(left, longer) < Metric.euclidean.similarity(left, right))
    }
}
