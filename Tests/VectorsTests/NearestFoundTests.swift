import TestSupport
import Testing

@testable import Vectors

@Suite struct NearestFoundTests {
    @Test(arguments: [0, 1, 3, 50, 1000])
    func keepsWhatSortingKeeps(limit: Int) {
        var random = SeededRandom(seed: UInt64(limit))
        var found = NearestFound(limit: limit)
        var all: [NearestFound.Candidate] = []
        for id in (0..<200).shuffled(using: &random) {
            // Few different ones, so that numbers decide.
            let score = Double(Int.random(in: -5...5, using: &random))
            found.insert(Int64(id), score: score)
            all.append(NearestFound.Candidate(score: score, id: Int64(id)))
        }
        #expect(found.sorted == Array(all.sorted().prefix(limit)))
    }

    @Test func wantsNothingBelowItsWorst() {
        var found = NearestFound(limit: 2)
        #expect(found.least == -.infinity)
        found.insert(1, score: 0.5)
        #expect(found.least == -.infinity)
        found.insert(2, score: 0.7)
        #expect(found.least == 0.5)
        found.insert(3, score: 0.6)
        #expect(found.least == 0.6)
        #expect(NearestFound(limit: 0).least == .infinity)
    }

    @Test(arguments: [1, 2, 5])
    func findTheSameTogetherAsOneAlone(tasks: Int) {
        var random = SeededRandom(seed: 3)
        let candidates = (0..<300).map { (id: Int64($0), score: Double(Int.random(in: -40...40, using: &random))) }
        var alone = NearestFound(limit: 7)
        for candidate in candidates { alone.insert(candidate.id, score: candidate.score) }
        let common = CommonFloor()
        var parts = (0..<tasks).map { _ in NearestFound(limit: 7, common: common) }
        for (place, candidate) in candidates.enumerated() {
            parts[place % tasks].insert(candidate.id, score: candidate.score)
        }
        for part in parts.dropFirst() { parts[0].merge(part) }
        #expect(parts[0].sorted == alone.sorted)
        #expect(common.value == alone.least)
    }
}
