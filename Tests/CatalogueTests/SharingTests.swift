import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Catalogue

/// Several that use one file, and files that are no catalogue.
@Suite struct SharingTests {
    @Test func whatOneRemembersTheOtherKnows() async throws {
        let bench = try await CatalogueBench()
        let other = try bench.again().catalogue
        try await bench.record(.photo("/1.jpg", 1))
        let digest = CatalogueBench.digest(of: 1)
        let states = try await other.states(of: [digest], space: CatalogueBench.space, judge: CatalogueBench.judge)
        #expect(states == [digest: .embedded])
        try await other.forget(["/1.jpg"])
        #expect(try await bench.paths(in: "/").isEmpty)
    }

    @Test func twoThatWriteAtOnceBothSucceed() async throws {
        let bench = try await CatalogueBench()
        let catalogues = [bench.catalogue, try bench.again().catalogue]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    try await catalogues[number % 2].record(
                        [.photo(FilePath("/\(number).jpg"), number / 2)], space: CatalogueBench.space)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await bench.files(in: "/").count == 100)
        #expect(
            Set(try await bench.photos(in: "/").map(\.photo.content)).count
                == 50)
    }

    @Test func severalThatMakeItAtOnceMakeOne() async throws {
        let bench = try await CatalogueBench()
        let identifiers = try await withThrowingTaskGroup(of: UUID.self) { group in
            for _ in 0..<8 { group.addTask { try await bench.again().catalogue.identifier() } }
            return try await group.reduce(into: Set<UUID>()) { $0.insert($1) }
        }
        #expect(identifiers.count == 1)
    }

    @Test func severalThatMakeItsFolderAtOnceMakeOne() async throws {
        let folder = TemporaryFolder()
        let path = folder.path.pushing("new/catalogue.sqlite")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try EmbeddedCatalogue(at: path) } }
            try await group.waitForAll()
        }
        #expect(try await EmbeddedCatalogue(at: path).roots().isEmpty)
    }

    @Test func theLockKeepsTheOthersOutUntilItIsReleased() async throws {
        let bench = try await CatalogueBench()
        let other = try bench.again().catalogue
        let lock = try await bench.catalogue.lock()
        #expect(try await !Self.isFree(other))
        Self.release(lock)
        #expect(try await Self.isFree(other))
    }

    @Test func oneThatWaitsForTheLockGetsIt() async throws {
        let bench = try await CatalogueBench()
        let other = try bench.again().catalogue
        let lock = try await bench.catalogue.lock()
        let waiting = Task { Self.release(try await other.lock()) }
        Self.release(lock)
        try await waiting.value
        #expect(try await Self.isFree(bench.catalogue))
    }

    @Test func oneThatWaitsForTheLockCanBeCancelled() async throws {
        let bench = try await CatalogueBench()
        let other = try bench.again().catalogue
        let lock = try await bench.catalogue.lock()
        let waiting = Task { Self.release(try await other.lock()) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        Self.release(lock)
    }

    @Test func theLockHindersNobodyFromReading() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/1.jpg", 1))
        let lock = try await bench.catalogue.lock()
        #expect(try await bench.paths(in: "/") == ["/1.jpg"])
        #expect(try await bench.again().paths(in: "/").count == 1)
        Self.release(lock)
    }

    @Test func cataloguesThatLieSideBySideHaveTheirOwnLocks() async throws {
        let bench = try EmbeddedBench()
        let neighbour = try EmbeddedCatalogue(at: bench.folder.appending("another.sqlite"))
        let lock = try await bench.catalogue.lock()
        #expect(try await Self.isFree(neighbour))
        Self.release(lock)
    }

    @Test(arguments: ["Dear reader, this is a letter. ", "SQLite format 3 "])
    func aFileThatIsNoCatalogueIsRefusedAndLeftAsItIs(text: String) throws {
        let folder = TemporaryFolder()
        let bytes = Array(String(repeating: text, count: 100).utf8)
        let path = try folder.write(bytes, to: "catalogue.sqlite")
        #expect(throws: CatalogueError.notACatalogue(.file(path))) { try EmbeddedCatalogue(at: path) }
        #expect(try contents(of: path) == bytes)
    }

    @Test func anEmptyFileBecomesACatalogue() async throws {
        let folder = TemporaryFolder()
        let catalogue = try EmbeddedCatalogue(at: folder.write([], to: "catalogue.sqlite"))
        #expect(try await catalogue.roots().isEmpty)
    }

    private static func isFree(_ catalogue: any PhotoCatalogue) async throws -> Bool {
        switch try await catalogue.attemptLock() {
        case .some: true
        case .none: false
        }
    }

    private static func release(_: consuming CatalogueLock) {}
}
