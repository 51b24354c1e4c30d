import Evaluation
import Testing
import Vectors

@Suite struct RandomizationTests {
    /// Of ten gains, all signs are one of 1,024 ways.
    @Test func isAsImprobableAsItsSigns() {
        #expect(abs(Randomization(of: [Double](repeating: 1, count: 10)).chance - 1.0 / 1024) < 0.001)
        #expect(abs(Randomization(of: [1, 1, 1]).chance - 1.0 / 8) < 0.015)
        #expect(abs(Randomization(of: [2, 1]).chance - 1.0 / 4) < 0.02)
    }

    @Test func isCertainWhereNothingIsGained() {
        #expect(Randomization(of: []).chance == 1 && Randomization(of: [0, 0, 0]).chance == 1)
        #expect(Randomization(of: [-1, -2, -1, -3]).chance > 0.9)
    }

    /// Where nothing is better, one in forty looks so at one in forty.
    @Test func isRightAboutChance() {
        var random = LinearCongruence(seed: 8)
        let found = (0..<400).count { _ in
            // Mostly nothing, and rarely much: what a bootstrap is too sure of.
            let differences = (0..<12).map { _ in
                Int.random(in: 0..<3, using: &random) > 0 ? 0 : Double.random(in: -1...1, using: &random)
            }
            return Randomization(of: differences).chance < 0.025
        }
        #expect(found <= 20)
    }
}
