import TestSupport
import Testing

@testable import Vectors

@Suite struct RotationTests {
    @Test(arguments: [0, 64, 128, 192, 320, 512, 1280, 1344])
    func keepsLengthsAndAngles(count: Int) {
        var random = SeededRandom(seed: UInt64(count))
        let rotation = Rotation(count: count)
        var (left, right) = (Embedding.random(count, &random).values, Embedding.random(count, &random).values)
        func product() -> Double { zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        let before = product()
        rotation.apply(to: &left)
        rotation.apply(to: &right)
        #expect(abs(product() - before) < 1e-5 * Double(count + 1))
    }

    @Test(arguments: [64, 192, 1280])
    func spreadsASingleNumberOverAll(count: Int) {
        for axis in [0, count / 2, count - 1] {
            var numbers = Embedding.axis(axis, of: count).values
            Rotation(count: count).apply(to: &numbers)
            #expect(numbers.allSatisfy { abs($0) < 8 / Float(count).squareRoot() })
            #expect(numbers.reduce(0) { $0 + abs($1) } > 0.5 * Float(count).squareRoot())
        }
    }
}
