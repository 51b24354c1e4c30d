import TestSupport
import Testing

@testable import Vectors

@Suite struct HalfFloatTests {
    @Test func isTheNextThatIsNoLess() {
        var random = SeededRandom(seed: 1)
        for number in [0, 1, 0.1, 1e-38, 1e30] + (0..<200).map({ _ in Float.random(in: 0...10, using: &random) }) {
            let half = HalfFloat(roundedUp: number).value
            #expect(half >= number && half <= number * 1.008 + 1e-38)
        }
    }
}
