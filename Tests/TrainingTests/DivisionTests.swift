import Testing
import Vectors

@testable import Training

@Suite struct DivisionTests {
    private func division(_ identities: [Int], seed: UInt64 = 1) -> Division {
        var random = LinearCongruence(seed: seed)
        return Division(of: identities, &random)
    }

    @Test func sparesWholeIdentitiesWhereThereAreMany() {
        let identities = (0..<120).map { $0 / 3 }
        let division = division(identities)
        #expect(division.spared == .identities && division.validation.count == 30 && division.training.count == 90)
        let (learnt, spared) = (
            Set(division.training.map { identities[$0] }), Set(division.validation.map { identities[$0] })
        )
        #expect(learnt.isDisjoint(with: spared))
    }

    @Test func sparesPhotosOfEachWhereThereAreFew() {
        let identities = (0..<80).map { $0 % 4 }
        let division = division(identities)
        #expect(division.spared == .photos && division.validation.count == 20)
        for identity in 0..<4 { #expect(division.validation.count { identities[$0] == identity } == 5) }
    }

    @Test func leavesPhotosThatCanFindOneAnother() {
        let identities = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2]
        let counts = Dictionary(grouping: division(identities).validation) { identities[$0] }.mapValues(\.count)
        #expect(counts == [0: 2, 2: 2])
    }

    @Test func learnsFromWhatStandsAloneAndIsTheSameEachTime() {
        let identities = (0..<60).map { $0 / 2 } + [100, 101]
        #expect(division(identities).training.suffix(2) == [60, 61])
        #expect(division(identities) == division(identities) && division(identities) != division(identities, seed: 2))
        let all = division(identities)
        #expect((all.training + all.validation).sorted() == Array(identities.indices))
    }

    // MARK: Series

    private func division(_ identities: [Int], series: [Int]) -> Division {
        var random = LinearCongruence(seed: 1)
        return Division(of: identities, series: series, &random)
    }

    @Test func leavesSeriesWhole() {
        let (identities, series) = ((0..<120).map { $0 % 6 }, (0..<120).map { $0 / 10 })
        let division = division(identities, series: series)
        #expect(division.spared == .series && division.validation.count == 30 && division.training.count == 90)
        let (learnt, spared) = (Set(division.training.map { series[$0] }), Set(division.validation.map { series[$0] }))
        #expect(learnt.isDisjoint(with: spared) && spared.count == 3)
        #expect(throws: Never.self) { try division.check(identities, series: series) }
    }

    /// A series that is most of all photos is learnt from.
    @Test func sparesNoSeriesThatIsTooLarge() {
        let series = [Int](repeating: 0, count: 80) + (0..<20).map { 1 + $0 / 5 }
        let division = division((0..<100).map { $0 % 5 }, series: series)
        #expect(division.validation.allSatisfy { series[$0] > 0 } && division.validation.count == 20)
    }

    /// What nobody of another series shows cannot be found.
    @Test func saysThatSeriesShowNothingInCommon() {
        let identities = (0..<100).map { $0 / 10 }
        let division = division(identities, series: identities)
        #expect(throws: TrainingProblem.tooFew) { try division.check(identities, series: identities) }
    }
}
