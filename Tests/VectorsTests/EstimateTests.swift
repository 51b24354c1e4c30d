import Testing
import Vectors

@Suite struct EstimateTests {
    @Test func isCertainOfWhatNeverChanges() {
        let estimate = Estimate(Array(repeating: 0.25, count: 50))
        #expect(estimate.mean == 0.25 && estimate.lower == 0.25 && estimate.upper == 0.25)
        #expect(Estimate([]).upper == 0)
    }

    /// A share of a half in 400 has a standard error of a fortieth, and 95 % lie within 1.96 of it.
    @Test func isAsWideAsTheNormalDistributionSays() {
        let estimate = Estimate((0..<400).map { Double($0 % 2) })
        #expect(estimate.mean == 0.5)
        #expect(abs(estimate.lower - (0.5 - 1.96 / 40)) < 0.01)
        #expect(abs(estimate.upper - (0.5 + 1.96 / 40)) < 0.01)
    }

    @Test func isTheSameEachTime() {
        let sample = (0..<77).map { Double($0 * $0 % 13) }
        #expect(Estimate(sample) == Estimate(sample))
    }

    @Test func narrowsWithMoreQueries() {
        func width(_ count: Int) -> Double {
            let estimate = Estimate((0..<count).map { Double($0 % 3) })
            return estimate.upper - estimate.lower
        }
        #expect(width(900) < width(90) / 2)
    }
}
