import Evaluation
import Testing

@testable import Training

@Suite struct LabelledVectorsTests {
    private let vectors = LabelledVectors(
        [1, 0, 0.8, 0.6, 0, 1, 0.6, 0.8, -1, 0], dimension: 2, identities: [7, 7, 8, 8, 9])

    @Test func areRowsWithIdentities() {
        let some = vectors.rows([4, 1])
        #expect(some.numbers == [-1, 0, 0.8, 0.6] && some.identities == [9, 7])
    }

    /// The second's nearest is the fourth, and the fourth's the second; the last has none of its own.
    @Test func askOneAnother() {
        let judgements = vectors.judgements
        #expect(judgements.map(\.relevantCount) == [1, 1, 1, 1])
        #expect(
            judgements.map { $0.isRelevant.prefix(2) } == [
                [true, false], [false, true], [true, false], [false, true],
            ])
        #expect(abs(vectors.judgements.worth - (1 + 0.25 + 1 + 0.25) / 4) < 1e-9)
    }

    @Test func areWorthNothingWhereNoneCouldBeRight() {
        #expect(LabelledVectors([1, 0, 0, 1], dimension: 2, identities: [1, 2]).judgements.worth == 0)
        #expect(LabelledVectors([], dimension: 2, identities: []).judgements.worth == 0)
    }

    /// The nearest of one's own series is passed over, and so nobody of another identity's series counts who has only its own.
    @Test func findNothingOfTheirOwnSeries() {
        let vectors = LabelledVectors(
            [1, 0, 0.8, 0.6, 0, 1, 0.6, 0.8], dimension: 2, identities: [7, 7, 7, 8], series: [1, 1, 2, 2])
        #expect(vectors.neighbours(4) == [[3, 2], [3, 2], [1, 0], [1, 0]])
        #expect(vectors.askers == [0, 1, 2])
        #expect(vectors.judgements.map(\.relevantCount) == [1, 1, 2])
        #expect(vectors.judgements.map(\.isRelevant) == [[false, true], [false, true], [true, true]])
        #expect(vectors.rows([2, 0]).series == [2, 1])
    }

    @Test func riseAndFallTogether() {
        let vectors = LabelledVectors(
            [1, 0, 0, 1, 1, 0], dimension: 2, identities: [7, 7, 7], series: [1, 2, 2])
        #expect(vectors.groups(.series) == [1, 2, 2] && vectors.groups(.identities) == [7, 7, 7])
        #expect(vectors.groups(.photos) == [0, 1, 2])
    }
}
