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
        #expect(abs(vectors.retrieval - (1 + 0.25 + 1 + 0.25) / 4) < 1e-9)
    }

    @Test func areWorthNothingWhereNoneCouldBeRight() {
        #expect(LabelledVectors([1, 0, 0, 1], dimension: 2, identities: [1, 2]).retrieval == 0)
        #expect(LabelledVectors([], dimension: 2, identities: []).retrieval == 0)
    }
}
