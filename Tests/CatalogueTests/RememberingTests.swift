import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Catalogue

/// What indexing tells the catalogue, and what it is told again.
@Suite struct RememberingTests {
    @Test func anEmptyCatalogueKnowsNothing() async throws {
        let bench = try await CatalogueBench()
        #expect(try await bench.files(in: "/").isEmpty)
        #expect(try await bench.state(of: 1) == .new)
        #expect(try await bench.paths(in: "/").isEmpty)
        #expect(try await bench.catalogue.roots().isEmpty)
    }

    @Test(arguments: [FileStamp.first, .second])
    func aFileIsRememberedWithItsStampItsContentsAndTheirState(stamp: FileStamp) async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/shop/1.jpg", 1, stamp: stamp), .faulty("/shop/2.jpg", 2, "broken"))
        let files = try await bench.again().files(in: "/shop")
        #expect(files.count == 2)
        #expect(files["/shop/1.jpg"]?.stamp == stamp)
        #expect(files["/shop/1.jpg"]?.digest == CatalogueBench.digest(of: 1))
        #expect(files["/shop/1.jpg"]?.state == .embedded)
        #expect(files["/shop/2.jpg"]?.state == .faulty("broken"))
    }

    @Test func whatAFileHoldsNowReplacesWhatItHeld() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/shop/1.jpg", 1))
        try await bench.record(.photo("/shop/1.jpg", 2, stamp: .second))
        let file = try #require(try await bench.files(in: "/shop")["/shop/1.jpg"])
        #expect(file.stamp == .second)
        #expect(file.digest == CatalogueBench.digest(of: 2))
        #expect(try await bench.values(in: "/shop") == [CatalogueBench.embedding(of: 2).values])
    }

    @Test func aBatchIsRememberedWholeOrNotAtAll() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/shop/1.jpg", 1))
        let wrong = EmbeddingSpace(identity: CatalogueBench.space.identity, dimension: 9)
        await #expect(throws: CatalogueError.self) {
            try await bench.record(.photo("/shop/2.jpg", 2), .photo("/shop/3.jpg", 3), space: wrong)
        }
        #expect(try await bench.paths(in: "/shop") == ["/shop/1.jpg"])
        #expect(try await bench.state(of: 2) == .new)
    }

    @Test func aForgottenFileIsGoneAndTheOthersStay() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/shop/1.jpg", 1), .photo("/shop/2.jpg", 2))
        try await bench.catalogue.forget(["/shop/1.jpg", "/never/seen.jpg"])
        #expect(try await bench.files(in: "/shop").keys.sorted { $0.string < $1.string } == ["/shop/2.jpg"])
        #expect(try await bench.paths(in: "/") == ["/shop/2.jpg"])
    }

    @Test func contentsOutliveTheirFile() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/shop/old.jpg", 1))
        try await bench.catalogue.forget(["/shop/old.jpg"])
        #expect(try await bench.state(of: 1) == .embedded)
        try await bench.record(.known("/shop/new.jpg", 1))
        #expect(try await bench.paths(in: "/shop") == ["/shop/new.jpg"])
        #expect(try await bench.values(in: "/shop") == [CatalogueBench.embedding(of: 1).values])
    }

    @Test func copiesShareOneEmbeddingAndOneNumber() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.known("/shop/a.jpg", 1), .photo("/shop/b.jpg", 1), .photo("/shop/c.jpg", 2))
        let photos = try await bench.photos(in: "/shop").map(\.photo)
        #expect(photos.map(\.path) == ["/shop/a.jpg", "/shop/b.jpg", "/shop/c.jpg"])
        #expect(photos[0].content == photos[1].content)
        #expect(photos[0].content != photos[2].content)
        #expect(Set(photos.map(\.id)).count == 3)
    }

    @Test func aFaultOfAnotherJudgeIsForgotten() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.faulty("/shop/1.jpg", 1, "too large"))
        #expect(try await bench.state(of: 1) == .faulty("too large"))
        #expect(try await bench.state(of: 1, judge: "decoder 2") == .new)
        #expect(try await bench.files(in: "/shop", judge: "decoder 2")["/shop/1.jpg"]?.state == .new)
    }

    @Test func aPhotoThatABetterJudgeReadIsNoLongerFaulty() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.faulty("/shop/1.jpg", 1, "too large"))
        try await bench.record(.photo("/shop/1.jpg", 1))
        #expect(try await bench.state(of: 1) == .embedded)
        #expect(try await bench.paths(in: "/shop") == ["/shop/1.jpg"])
    }

    @Test func manyFilesAreRemembered() async throws {
        let bench = try await CatalogueBench()
        try await bench.catalogue.record(
            (0..<2_000).map { .photo(FilePath("/shop/\($0).jpg"), $0) }, space: CatalogueBench.space)
        #expect(try await bench.files(in: "/shop").count == 2_000)
        try await bench.catalogue.forget((0..<1_999).map { FilePath("/shop/\($0).jpg") })
        #expect(try await bench.paths(in: "/shop") == ["/shop/1999.jpg"])
    }
}
