import TestSupport
import Testing

@testable import Catalogue

@Suite struct FoldingPolicyTests {
    private let policy = FoldingPolicy(leastRecent: 100, mostSegments: 3, mostRead: 4000 * 4, mostEncoded: 5000 * 37)

    /// Of vectors of 4 numbers, of which 1000 are read and 5000 encoded at once.
    private func plan(_ segments: [Int], removed: [Int: Int] = [:], recent: Int, _ policy: FoldingPolicy? = nil)
        -> FoldingPolicy.Plan?
    {
        (policy ?? self.policy).plan(for: Layout(segments, removed: removed, recent: recent).standing, dimension: 4)
    }

    @Test func leavesAFewNewOnesAlone() {
        #expect(plan([], recent: 0) == nil)
        #expect(plan([], recent: 99) == nil)
        #expect(plan([1000], recent: 99) == nil)
        #expect(plan([1000, 500, 200], removed: [0: 200, 2: 40], recent: 99) == nil)
    }

    @Test func writesManyNewOnes() {
        #expect(plan([], recent: 100) == .init(count: 100, recent: 1000))
        #expect(plan([3000], recent: 100) == .init(count: 100, recent: 1000))
    }

    @Test func takesOverWhatIsNotMuchLarger() {
        #expect(plan([3000, 200], recent: 100)?.segments == ["1"])
        #expect(plan([3000, 201], recent: 100)?.segments == [])
        #expect(plan([600, 200], recent: 100)?.segments == ["0", "1"])
        #expect(plan([600, 200], recent: 100)?.count == 900)
    }

    @Test func writesSegmentsAnewOfWhichMuchWasRemoved() {
        #expect(plan([1000, 3000], removed: [0: 201], recent: 0)?.segments == ["0"])
        #expect(plan([1000, 3000], removed: [0: 201], recent: 0)?.isWhole == false)
        #expect(
            plan([1000], removed: [0: 1000], recent: 0) == .init(count: 0, recent: 1000, segments: ["0"], isWhole: true)
        )
    }

    @Test func makesOneOfManySegments() {
        #expect(plan([1000, 900, 1000, 1000], recent: 0)?.segments == ["0", "1", "2", "3"])
        #expect(plan([1000, 900, 1000, 1000], recent: 0)?.isWhole == true)
        #expect(plan([1000, 900, 1000], recent: 0) == nil)
    }

    @Test func takesNoMoreThanFitsIntoMemory() {
        #expect(plan([4000, 2100, 1000, 1500, 500], recent: 0)?.segments == ["2", "3", "4"])
        #expect(plan([4000, 3000, 5000, 3000, 2600], recent: 0) == nil)
        #expect(plan([4000, 3000, 5000, 3000, 2600], recent: 200)?.segments == [])
    }

    @Test func writesVeryManyInParts() {
        #expect(plan([], recent: 7500) == .init(count: 1000, recent: 1000))
        // The last part takes over those before it.
        #expect(plan([1000, 1000], recent: 900)?.segments == ["0", "1"])
    }

    @Test func compactsEverythingThatIsNotInOnePiece() {
        let compacting = FoldingPolicy.compacting
        #expect(plan([1000], recent: 0, compacting) == nil)
        #expect(plan([], recent: 0, compacting) == nil)
        #expect(plan([1000], removed: [0: 1], recent: 0, compacting)?.segments == ["0"])
        #expect(plan([1000], recent: 1, compacting)?.segments == ["0"])
        #expect(plan([100_000, 30], recent: 0, compacting)?.segments == ["0", "1"])
    }

    @Test(arguments: 0..<20)
    func comesToAnEndAndWritesEachVectorAFewTimes(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        var layout = Layout([], recent: 0)
        var (added, written) = (0, 0)
        for _ in 0..<300 {
            let count = Int.random(in: 1...Int.random(in: 1...600, using: &random), using: &random)
            layout.recent += count
            added += count
            var steps = 0
            while let plan = policy.plan(for: layout.standing, dimension: 4) {
                written += layout.apply(plan)
                steps += 1
                try #require(steps < 20)
            }
            #expect(layout.recent < policy.leastRecent)
            #expect(layout.total == added)
        }
        #expect(layout.segments.filter { $0 <= 2500 }.count <= policy.mostSegments)
        #expect(written < added * 8)
    }
}

/// Segments of so many rows, each named after its number, and vectors in none.
private struct Layout {
    var segments: [Int]
    var removed: [Int: Int]
    var recent: Int

    init(_ segments: [Int], removed: [Int: Int] = [:], recent: Int) {
        (self.segments, self.removed, self.recent) = (segments, removed, recent)
    }

    var total: Int { recent + segments.reduce(0, +) }

    var standing: IndexStanding {
        IndexStanding(
            segments: segments.enumerated().map { IndexSegment(name: "\($0)", sequence: Int64($0), rows: $1) },
            removed: Dictionary(uniqueKeysWithValues: removed.map { ("\($0)", $1) }), recent: recent)
    }

    /// Returns how many vectors are written.
    mutating func apply(_ plan: FoldingPolicy.Plan) -> Int {
        let taken = segments.indices.filter { plan.segments.contains("\($0)") }
        let rows = min(recent, plan.recent) + taken.reduce(0) { $0 + segments[$1] - removed[$1, default: 0] }
        recent -= min(recent, plan.recent)
        segments = segments.indices.filter { !taken.contains($0) }.map { segments[$0] } + (rows > 0 ? [rows] : [])
        removed = [:]
        return rows
    }
}
