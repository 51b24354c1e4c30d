import Evaluation
import Testing
import Vectors

@testable import Training

@Suite struct CrossFittingTests {
    private let right = Judgement([true], of: 1)
    private let wrong = Judgement([false], of: 1)

    @Test func answersEachHalfByWhatTheOtherChose() {
        let crossing = CrossFitting(of: [1, 1, 2, 2], apart: true)
        // The first is right about one identity alone, the second about the other.
        let candidates = [[right, right, wrong, wrong], [wrong, wrong, right, right]]
        let choices = crossing.choices(among: candidates) { $0.best }
        #expect(choices == [true: 1, false: 0])
        #expect(crossing.judgements { candidates[choices[$0]!] } == [wrong, wrong, wrong, wrong])
    }

    @Test func dividesTheQueriesOfEachOfFewIdentities() {
        let crossing = CrossFitting(of: [1, 1, 1, 2, 2], apart: false)
        #expect(
            crossing.judgements { $0 ? [right, right, right, right, right] : [wrong, wrong, wrong, wrong, wrong] }
                == [right, wrong, right, right, wrong])
    }

    /// The best of many that know nothing is no better than any.
    @Test func isNotTakenInByTheBestOfMany() {
        var random = LinearCongruence(seed: 4)
        let identities = (0..<200).map { $0 / 2 }
        let candidates = (0..<60).map { _ in identities.map { _ in Bool.random(using: &random) ? right : wrong } }
        let crossing = CrossFitting(of: identities, apart: true)
        let choices = crossing.choices(among: candidates) { $0.best }
        let honest = crossing.judgements { candidates[choices[$0]!] }
        #expect(candidates[candidates.best].worth > 0.57 && abs(honest.worth - 0.5) < 0.07)
    }

    @Test func staysWithTheFirstUnlessAnotherIsBetterBeyondDoubt() {
        let half = (0..<40).map { $0.isMultiple(of: 2) ? right : wrong }
        let slightly = [right] + half.dropFirst(2) + [right]
        #expect([half, Array(slightly)].bestBeyondDoubt == 0)
        #expect([half, [Judgement](repeating: right, count: 40)].bestBeyondDoubt == 1)
        #expect([half, half].best == 0 && [half].best == 0)
    }
}
