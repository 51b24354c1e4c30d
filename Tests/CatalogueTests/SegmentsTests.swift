import Foundation
import GRDB
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Catalogue

/// Which files hold the index of a space.
@Suite struct SegmentsTests {
    private let space = EmbeddedBench.space
    private let refusal = CatalogueError.segmentsChanged(space: EmbeddedBench.space.identity)

    @Test func whatASegmentHoldsDoesNotComeAgain() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1), .photo("/2.jpg", 2))
        let first = try await bench.segment("first")
        #expect(first.rows == 2)
        try await bench.record(.photo("/3.jpg", 3))
        let state = try await bench.again().snapshot()
        #expect(state.snapshot.segments == [first])
        #expect(state.snapshot.since == first.sequence)
        #expect(state.values == [EmbeddedBench.embedding(of: 3).values])
        let second = try await bench.segment("second")
        #expect(try await bench.snapshot().snapshot.segments == [first, second])
        #expect(try await bench.snapshot().rows.isEmpty)
    }

    @Test func onlyRowsThatAreOlderThanTheirRemovalAreDead() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/shop/1.jpg", 1), .photo("/2.jpg", 2))
        let contents = try await bench.snapshot().rows.map(\.content)
        let first = try await bench.segment("first")
        _ = try await bench.catalogue.forget(root: "/shop")
        try await bench.record(.photo("/shop/new.jpg", 3))
        let second = try await bench.segment("second")
        let snapshot = try await bench.snapshot().snapshot
        #expect(snapshot.isRemoved(contents[0], from: first))
        #expect(!snapshot.isRemoved(contents[1], from: first))
        #expect(!snapshot.isRemoved(contents[0], from: second))
    }

    @Test func theLogKeepsOnlyWhatIsNeededBesideTheSegments() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/shop/1.jpg", 1), .photo("/2.jpg", 2), .photo("/3.jpg", 3))
        let first = try await bench.segment("first")
        #expect(try await changes(in: bench) == 0)
        _ = try await bench.catalogue.forget(root: "/shop")
        try await bench.record(.photo("/4.jpg", 4))
        let second = try await bench.segment("second")
        #expect(try await changes(in: bench) == 1)
        let merged = IndexSegment(name: "merged", sequence: second.sequence, rows: 3)
        try await bench.catalogue.record(merged, replacing: ["first", "second"], since: nil, space: space)
        #expect(try await changes(in: bench) == 0)
        #expect(first.sequence < second.sequence)
    }

    @Test func whoeverWasLeftBehindByTheLogIsTold() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1))
        let before = try await bench.snapshot().snapshot.sequence
        try await bench.record(.photo("/2.jpg", 2))
        let segment = try await bench.segment("first")
        await #expect(throws: CatalogueError.changesUnknown(space: space.identity, since: before)) {
            try await bench.snapshot(since: before)
        }
        #expect(try await bench.snapshot(since: segment.sequence).rows.isEmpty)
    }

    @Test func ofTwoWithTheSameEmbeddingsTheFirstIsTaken() async throws {
        let bench = try EmbeddedBench()
        let other = try bench.again()
        try await bench.record(.photo("/1.jpg", 1))
        let state = try await other.snapshot().snapshot
        try await bench.record(.photo("/2.jpg", 2))
        let first = try await bench.segment("first")
        let late = IndexSegment(name: "late", sequence: state.sequence, rows: 1)
        await #expect(throws: refusal) {
            try await other.catalogue.record(late, since: state.since, space: space)
        }
        #expect(try await bench.snapshot().snapshot.segments == [first])
    }

    @Test func whatAnotherReplacedCannotBeReplaced() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1))
        let first = try await bench.segment("first")
        let merged = IndexSegment(name: "merged", sequence: first.sequence, rows: 1)
        try await bench.again().catalogue.record(merged, replacing: ["first"], since: nil, space: space)
        let late = IndexSegment(name: "late", sequence: first.sequence, rows: 1)
        await #expect(throws: refusal) {
            try await bench.catalogue.record(late, replacing: ["first"], since: nil, space: space)
        }
        #expect(try await bench.snapshot().snapshot.segments == [merged])
    }

    @Test func mergingOldSegmentsDoesNotHinderNewOnes() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1))
        let first = try await bench.segment("first")
        try await bench.record(.photo("/2.jpg", 2))
        let second = try await bench.segment("second")
        let merged = IndexSegment(name: "merged", sequence: first.sequence, rows: 1)
        try await bench.catalogue.record(merged, replacing: ["first"], since: nil, space: space)
        #expect(try await bench.snapshot().snapshot.segments == [second, merged])
        #expect(try await bench.snapshot().rows.isEmpty)
    }

    @Test(arguments: [-1, 1]) func aSegmentThatKnowsLessOrMoreThanItCanIsRefused(step: Int64) async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1))
        let first = try await bench.segment("first")
        let wrong = IndexSegment(name: "wrong", sequence: first.sequence + step, rows: 1)
        await #expect(throws: refusal) {
            try await bench.catalogue.record(wrong, replacing: ["first"], since: nil, space: space)
        }
        await #expect(throws: refusal) {
            try await bench.catalogue.record(wrong, since: first.sequence, space: space)
        }
        await #expect(throws: refusal) { try await bench.catalogue.record(wrong, since: nil, space: space) }
        #expect(try await bench.snapshot().snapshot.segments == [first])
    }

    @Test func ofASpaceThatWasForgottenNoSegmentIsTaken() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1))
        let state = try await bench.snapshot().snapshot
        let late = IndexSegment(name: "late", sequence: state.sequence, rows: 1)
        try await bench.catalogue.forget([space])
        await #expect(throws: refusal) { try await bench.catalogue.record(late, since: state.since, space: space) }
        try await bench.record(.photo("/2.jpg", 2))
        await #expect(throws: refusal) { try await bench.catalogue.record(late, since: state.since, space: space) }
        #expect(try await bench.catalogue.segmentNames().isEmpty)
    }

    @Test func whatForgottenSegmentsHeldComesAgain() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1), .photo("/shop/2.jpg", 2))
        try await bench.segment("first")
        try await bench.record(.photo("/3.jpg", 3))
        try await bench.segment("second")
        _ = try await bench.catalogue.forget(root: "/shop")
        try await bench.record(.photo("/4.jpg", 4))
        try await bench.catalogue.forget(segments: ["second", "never seen"])
        let state = try await bench.snapshot()
        #expect(state.snapshot.segments.isEmpty)
        #expect(state.values == [4, 1, 3].map { EmbeddedBench.embedding(of: $0).values })
        #expect(state.sequences == state.sequences.sorted() && state.sequences.last == state.snapshot.sequence)
        try await bench.segment("anew")
        #expect(try await bench.snapshot().rows.isEmpty)
    }

    @Test func aSegmentThatWasBegunBeforeAllWereForgottenIsRefused() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1))
        let early = try await bench.snapshot().snapshot
        try await bench.record(.photo("/2.jpg", 2))
        try await bench.segment("first")
        try await bench.catalogue.forget(segments: ["first"])
        let late = IndexSegment(name: "late", sequence: early.sequence, rows: 1)
        await #expect(throws: refusal) { try await bench.catalogue.record(late, since: early.since, space: space) }
    }

    @Test func namesOfAllSpacesAreToldAndGoWithTheirSpace() async throws {
        let bench = try EmbeddedBench()
        let other = EmbeddedBench.otherSpace
        try await bench.record(.photo("/1.jpg", 1))
        try await bench.record(.photo("/1.jpg", 1, embedded: [7, 8]), space: other)
        try await bench.segment("of one")
        try await bench.segment("of the other", space: other)
        #expect(try await bench.catalogue.segmentNames() == ["of one", "of the other"])
        try await bench.catalogue.forget(segments: ["of one"])
        #expect(try await bench.catalogue.segmentNames() == ["of the other"])
        try await bench.catalogue.forget([other])
        #expect(try await bench.catalogue.segmentNames().isEmpty)
    }

    @Test func aForgottenSpaceLeavesNothingInTheLog() async throws {
        let bench = try EmbeddedBench()
        let other = EmbeddedBench.otherSpace
        try await bench.record(.photo("/1.jpg", 1), .photo("/2.jpg", 2))
        try await bench.record(.photo("/1.jpg", 1, embedded: [7, 8]), space: other)
        try await bench.catalogue.forget([space])
        #expect(try await changes(in: bench) == 1)
        let broken = try await bench.catalogue.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").count }
        #expect(broken == 0)
    }

    @Test func aCatalogueKeepsItsIdentifierAndNoOtherHasIt() async throws {
        let bench = try EmbeddedBench()
        let identifier = try await bench.catalogue.identifier()
        #expect(try await bench.again().catalogue.identifier() == identifier)
        #expect(try await EmbeddedBench().catalogue.identifier() != identifier)
    }

    private func changes(in bench: EmbeddedBench) async throws -> Int? {
        try await bench.catalogue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM change") }
    }
}
