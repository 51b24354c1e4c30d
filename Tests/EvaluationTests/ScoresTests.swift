import Evaluation
import Testing
import Vectors

@Suite struct ScoresTests {
    private let right = Judgement([true, false], of: 1)
    private let second = Judgement([false, true], of: 1)
    private let wrong = Judgement([false, false], of: 1)

    @Test func areMeansOverTheQueries() {
        let scores = Scores([right, second, wrong, right])
        #expect(scores.queryCount == 4)
        #expect(scores[.hitAt1].mean == 0.5)
        #expect(scores[.hitAt5].mean == 0.75)
        #expect(abs(scores[.precisionAt5].mean - 0.75 / 5) < 1e-12)
        #expect(scores[.averagePrecisionAt10].mean == 2.5 / 4)
        for measure in Measure.allCases {
            #expect(scores[measure].lower <= scores[measure].mean && scores[measure].mean <= scores[measure].upper)
        }
    }

    @Test func areNothingWithoutQueries() {
        #expect(Scores([])[.hitAt1] == Estimate([]))
        #expect(Scores(differences: []).queryCount == 0)
    }

    @Test func differByWhatTheSameQueriesGot() {
        let scores = Scores(differences: [(right, wrong), (right, second), (second, right), (wrong, wrong)])
        #expect(scores.queryCount == 4)
        #expect(scores[.hitAt1].mean == 0.25)
        #expect(scores[.averagePrecisionAt10].mean == 0.25)
    }

    /// Where one way is always a little better, few queries show it, however much they differ among themselves.
    @Test func seeSmallDifferencesOfQueriesThatDifferMuch() {
        let pairs = (0..<30).map { _ in (second, wrong) } + (0..<30).map { _ in (right, second) }
        let difference = Scores(differences: pairs)[.averagePrecisionAt10]
        #expect(difference.mean == 0.5 && difference.lower == 0.5 && difference.upper == 0.5)
    }
}
