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
        let (identities, series) = ((0..<240).map { $0 % 6 }, (0..<240).map { $0 / 6 })
        let division = division(identities, series: series)
        #expect(division.spared == .series && division.validation.count == 60 && division.training.count == 180)
        let (learnt, spared) = (Set(division.training.map { series[$0] }), Set(division.validation.map { series[$0] }))
        #expect(learnt.isDisjoint(with: spared) && spared.count == 10)
        #expect(throws: Never.self) { try division.check(identities, series: series) }
    }

    /// Some of its photos ask, and the others are left out.
    @Test func asksNotWithAllOfALargeSeries() {
        let series = [Int](repeating: 0, count: 80) + (0..<20).map { 1 + $0 / 5 }
        for seed in 1...20 {
            var random = LinearCongruence(seed: UInt64(seed))
            let division = Division(of: (0..<100).map { $0 % 5 }, series: series, &random)
            let (learnt, spared) = (
                Set(division.training.map { series[$0] }), Set(division.validation.map { series[$0] })
            )
            #expect(learnt.isDisjoint(with: spared) && learnt.count + spared.count == 5 && spared.count == 2)
            #expect(division.validation.count <= 37)
        }
    }

    /// What nobody of another series shows cannot be found.
    @Test func saysThatSeriesShowNothingInCommon() {
        let identities = (0..<100).map { $0 / 10 }
        let division = division(identities, series: identities)
        #expect(throws: TrainingProblem.fewSeries) { try division.check(identities, series: identities) }
    }

    // MARK: Many photos

    /// So many groups ask that chance can be told from gain, however few labels there are.
    @Test(arguments: [(20, 2), (24, 3), (32, 4), (40, 250), (100, 3), (2000, 5)])
    func sparesEnoughIdentitiesToTellChanceFromGain(count: Int, each: Int) throws {
        let identities = (0..<count * each).map { $0 % count }
        var random = LinearCongruence(seed: 1)
        let division = Division(of: identities, most: 1000, &random)
        let spared = Set(division.validation.map { identities[$0] })
        #expect(division.spared == .identities && spared.count >= 6 && spared.count <= count / 3)
        #expect(division.validation.count <= 1500)
        #expect(spared.isDisjoint(with: Set(division.training.map { identities[$0] })))
        #expect(throws: Never.self) { try division.check(identities) }
    }

    @Test(arguments: [(25, 400), (10, 3000), (4, 20_000)])
    func asksWithSomePhotosOfFewLabels(count: Int, each: Int) throws {
        let identities = (0..<count * each).map { $0 % count }
        var random = LinearCongruence(seed: 1)
        let division = Division(of: identities, most: 1000, &random)
        #expect(division.spared == .photos && (900...1000).contains(division.validation.count))
        #expect(Set(division.validation.map { identities[$0] }).count == count)
        #expect(throws: Never.self) { try division.check(identities) }
    }

    @Test func saysWhyNobodyCouldTell() {
        func problem(_ identities: [Int]) -> TrainingProblem? {
            do {
                try division(identities).check(identities)
                return nil
            } catch { return error }
        }
        #expect(problem([]) == .oneIdentity && problem([1, 1, 1, 1]) == .oneIdentity)
        #expect(problem(Array(0..<40)) == .onePhotoEach && problem([1, 1, 2, 2]) == .tooFew)
        // One label has several: nothing is learnt of what tells it from others.
        #expect(problem([1, 1, 1, 1, 1, 1, 1, 1] + Array(2..<20)) == .tooFew)
    }
}
