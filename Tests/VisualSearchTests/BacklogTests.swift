import SystemPackage
import TestSupport
import Testing

@testable import Catalogue
@testable import VisualSearch

/// Who looks on while machines share the work.
@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server"), .timeLimit(.minutes(20))) struct BacklogTests {
    private let bench = EngineBench()

    /// Puts photos onto the list that another machine seems to have found, whose loans last longer than any test.
    private func list(photos count: Int) async throws -> WorkList {
        let engine = try bench.engine()
        let catalogue = try #require(engine.catalogue as? PostgresCatalogue)
        let list = WorkList(of: engine.space, in: catalogue, loan: .seconds(3600))
        try await list.add((1...count).map { WorkList.Item(path: bench.path("shop/\($0).png"), size: 1) })
        return list
    }

    @Test func whoWaitsForAnotherRunIsToldWhatIsLeft() async throws {
        try bench.put(1, at: "shop/1.png")
        let list = try await list(photos: 3)
        let lock = try await bench.engine().catalogue.lock()
        var events = try bench.engine().refresh(bench.photos(["shop"])).makeAsyncIterator()
        #expect(try await events.next() == .waiting)
        #expect(try await events.next() == .remaining(3))
        try await list.drop(list.take(2).map(\.path))
        #expect(try await events.next() == .remaining(1))
        withExtendedLifetime(lock) {}
    }

    @Test func whoHelpsIsToldWhatOthersHaveLeft() async throws {
        let other = try await list(photos: 3)
        #expect(try await other.take(3).count == 3)
        var events = try bench.engine().help().makeAsyncIterator()
        #expect(try await events.next() == .listed(unchanged: 0, toExamine: 3))
        #expect(try await events.next() == .remaining(3))
        try await other.drop((1...3).map { bench.path("shop/\($0).png") })
        while let event = try await events.next() { #expect([.remaining(3), .remaining(0)].contains(event)) }
    }

    @Test func whoHelpsWhereNobodyLeadsIsToldSo() async throws {
        var events = try bench.engine().help().makeAsyncIterator()
        #expect(try await events.next() == .idle)
        #expect(try await events.next() == nil)
    }

    /// As where machines are started at one time.
    @Test func whoHelpsWaitsForWhatTheLeaderIsAboutToFind() async throws {
        let lock = try await bench.engine().catalogue.lock()
        var events = try bench.engine().help().makeAsyncIterator()
        #expect(try await events.next() == .waiting)
        let found = try await list(photos: 2)
        #expect(try await events.next() == .listed(unchanged: 0, toExamine: 2))
        withExtendedLifetime(found) {}
        withExtendedLifetime(lock) {}
    }

    @Test func itIsNotAskedForAgainAtOnce() async throws {
        var backlog = Backlog(of: try await list(photos: 2))
        #expect(await backlog.events() == [.remaining(2)])
        #expect(await backlog.events().isEmpty)
    }

    @Test func whereOneMachineDoesAllNothingIsTold() async throws {
        var backlog = Backlog(of: nil)
        #expect(await backlog.events().isEmpty)
    }
}
