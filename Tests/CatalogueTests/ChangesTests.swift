import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Catalogue

/// What the log of changes tells of a space.
@Suite struct ChangesTests {
    @Test func ofASpaceThatIsNotKnownTellsNothing() async throws {
        let state = try await EmbeddedBench().snapshot()
        #expect(state.rows.isEmpty)
        #expect(state.snapshot == IndexSnapshot(segments: [], removals: [:], since: 0, sequence: 0))
    }

    @Test func withoutSegmentsAllEmbeddingsComeInTheOrderInWhichTheyWereAdded() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/b.jpg", 2), .photo("/a.jpg", 1), .photo("/copy.jpg", 2))
        try await bench.record(.photo("/c.jpg", 3))
        let state = try await bench.snapshot()
        #expect(state.values == [2, 1, 3].map { EmbeddedBench.embedding(of: $0).values })
        #expect(state.sequences == state.sequences.sorted())
        #expect(state.sequences.last == state.snapshot.sequence)
        #expect(state.rows.map(\.content) == [1, 2, 3])
    }

    @Test func theSameEmbeddingOnceMoreIsNoChange() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1))
        let before = try await bench.snapshot()
        try await bench.record(.photo("/1.jpg", 1, stamp: .second), .photo("/copy.jpg", 1))
        let after = try await bench.snapshot()
        #expect(after.snapshot == before.snapshot)
        #expect(after.rows == before.rows)
    }

    @Test func anotherEmbeddingOfTheSameContentTakesTheFirstOnesPlace() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1), .photo("/2.jpg", 2))
        let before = try await bench.snapshot().snapshot.sequence
        try await bench.record(.photo("/1.jpg", 1, embedded: [7, 8, 9]))
        let since = try await bench.snapshot(since: before)
        #expect(since.snapshot.removals == [1: before + 1])
        #expect(since.rows == [IndexRow(added: try #require(since.rows.first).added, values: [7, 8, 9])])
        #expect(since.sequences == [before + 2])
        #expect(try await bench.snapshot().values == [EmbeddedBench.embedding(of: 2).values, [7, 8, 9]])
    }

    @Test func whatWasRemovedAndCameBackComesOnce() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/shop/1.jpg", 1), .photo("/2.jpg", 2))
        let before = try await bench.snapshot().snapshot.sequence
        for _ in 0..<3 {
            _ = try await bench.catalogue.forget(root: "/shop")
            try await bench.record(.photo("/shop/1.jpg", 1))
        }
        let since = try await bench.snapshot(since: before)
        #expect(since.values == [EmbeddedBench.embedding(of: 1).values])
        #expect(since.snapshot.removals.values.allSatisfy { $0 < since.sequences[0] })
        #expect(try await bench.snapshot().rows.count == 2)
    }

    @Test func whatWasRemovedDoesNotCome() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/shop/1.jpg", 1), .photo("/2.jpg", 2))
        let content = try await bench.snapshot().rows[0].content
        _ = try await bench.catalogue.forget(root: "/shop")
        let state = try await bench.snapshot()
        #expect(state.values == [EmbeddedBench.embedding(of: 2).values])
        #expect(state.snapshot.removals == [content: state.snapshot.sequence])
    }

    @Test func contentsThatGoAreRemovedFromEverySpace() async throws {
        let bench = try EmbeddedBench()
        let other = EmbeddedBench.otherSpace
        try await bench.record(.photo("/shop/1.jpg", 1))
        try await bench.record(.photo("/shop/1.jpg", 1, embedded: [7, 8]), space: other)
        let content = try await bench.snapshot().rows[0].content
        _ = try await bench.catalogue.forget(root: "/shop")
        for space in [EmbeddedBench.space, other] {
            let state = try await bench.snapshot(space: space)
            #expect(state.rows.isEmpty)
            #expect(state.snapshot.removals.keys.elementsEqual([content]))
        }
    }

    @Test func eachSpaceHasItsOwnChanges() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1))
        let before = try await bench.snapshot().snapshot.sequence
        try await bench.record(.photo("/2.jpg", 2, embedded: [7, 8]), space: EmbeddedBench.otherSpace)
        #expect(try await bench.snapshot(since: before).rows.isEmpty)
        #expect(try await bench.snapshot(space: EmbeddedBench.otherSpace).values == [[7, 8]])
    }

    @Test func ofASpaceThatWasForgottenNothingIsTakenForKnown() async throws {
        let bench = try EmbeddedBench()
        let space = EmbeddedBench.space
        try await bench.record(.photo("/1.jpg", 1), .photo("/2.jpg", 2))
        let before = try await bench.snapshot().snapshot.sequence
        try await bench.catalogue.forget([space])
        #expect(try await bench.snapshot().rows.isEmpty)
        let refusal = CatalogueError.changesUnknown(space: space.identity, since: before)
        await #expect(throws: refusal) { try await bench.snapshot(since: before) }
        try await bench.record(.known("/1.jpg", 1))
        await #expect(throws: refusal) { try await bench.snapshot(since: before) }
        try await bench.record(.photo("/2.jpg", 2))
        await #expect(throws: refusal) { try await bench.snapshot(since: before) }
        #expect(try await bench.snapshot().values == [EmbeddedBench.embedding(of: 2).values])
    }

    @Test func aChangeThatIsYetToComeIsRefused() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1))
        let last = try await bench.snapshot().snapshot.sequence
        #expect(try await bench.snapshot(since: last).rows.isEmpty)
        await #expect(throws: CatalogueError.changesUnknown(space: EmbeddedBench.space.identity, since: last + 1)) {
            try await bench.snapshot(since: last + 1)
        }
    }

    @Test func anotherDimensionIsRefused() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1))
        let wrong = EmbeddingSpace(identity: EmbeddedBench.space.identity, dimension: 4)
        await #expect(throws: CatalogueError.otherDimension(space: wrong.identity, known: 3, asked: 4)) {
            try await bench.snapshot(space: wrong)
        }
    }
}
