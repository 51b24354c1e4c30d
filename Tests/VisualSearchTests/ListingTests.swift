import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import VisualSearch

@Suite struct ListingTests {
    @Test func knowsAPhotoByWhatIsInIt() async throws {
        let bench = EngineBench()
        for name in ["shop/1.png", "shop/copy.png"] { try bench.put(1, at: name) }
        try bench.put(2, at: "shop/2.png")
        _ = try await bench.refresh("shop")
        let engine = try bench.engine()
        let photo = try #require(try await engine.photo(PhotoID(ofFile: Swatch(1).png)))
        let bytes = try photo.bytes
        #expect(photo.paths.map(bench.name) == ["shop/1.png", "shop/copy.png"] && bytes == Swatch(1).png)
        #expect(try await engine.photo(PhotoID(ofFile: [])) == nil)
    }

    @Test func aPhotoKeepsItsIDWhenItIsMoved() async throws {
        let bench = EngineBench()
        try bench.put(1, at: "shop/1.png")
        _ = try await bench.refresh("shop")
        try bench.move("shop/1.png", to: "shop/inner/one.png")
        _ = try await bench.refresh("shop")
        let photo = try await bench.engine().photo(PhotoID(ofFile: Swatch(1).png))
        #expect(photo?.paths.map(bench.name) == ["shop/inner/one.png"])
    }

    @Test func aFileThatIsAnotherPhotoNowIsNotTakenForTheOldOne() async throws {
        let bench = EngineBench()
        try bench.put(1, at: "shop/1.png")
        _ = try await bench.refresh("shop")
        let photo = try #require(try await bench.engine().photo(PhotoID(ofFile: Swatch(1).png)))
        try bench.put(2, at: "shop/1.png")
        #expect(throws: SkipReason.gone(photo.id)) { try photo.bytes }
    }

    @Test func aPhotoOfTheCatalogueIsAskedWithWithoutBeingRead() async throws {
        let bench = EngineBench()
        for seed in 1...3 { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        let engine = try bench.engine()
        let photo = try #require(try await engine.photo(PhotoID(ofFile: Swatch(2).png)))
        try bench.delete("shop/2.png")
        let folders = try bench.photos(["shop"])
        let terms = [QueryTerm(.catalogued(photo))]
        let found = try await engine.search([.mixed(terms)], in: folders)[0].get()
        #expect(found.results.count == 2 && found.identicalPhotos.map(\.id) == [photo.id])
        #expect(engine.workload.decoded == 0)
    }

    @Test func whatIsAskedWithTwiceIsLookedAtOnce() async throws {
        let bench = EngineBench()
        try bench.put(1, at: "shop/1.png")
        _ = try await bench.refresh("shop")
        let (engine, folders) = (try bench.engine(), try bench.photos(["shop"]))
        let half = PhotoRegion(left: 0, top: 0, width: 0.5, height: 1, unit: .shares)
        for _ in 0..<3 {
            let terms = [QueryTerm(.bytes(Swatch(7).png)), QueryTerm(.bytes(Swatch(7).png), region: half)]
            _ = try await engine.search([.mixed(terms)], in: folders)[0].get()
        }
        #expect(engine.workload.decoded == 2 && engine.workload.embedded == 2)
    }

    @Test func listsPhotosAndFaultsOfAFolder() async throws {
        let bench = EngineBench()
        for seed in 1...3 { try bench.put(seed, at: "shop/\(seed).png") }
        try bench.put([1, 2, 3], at: "shop/broken.png")
        try bench.put(9, at: "shopping/9.png")
        _ = try await bench.refresh("shop", "shopping")
        let (engine, shop) = (try bench.engine(), bench.path("shop"))
        let first = try await engine.photos(in: shop, after: nil, limit: 2)
        let rest = try await engine.photos(in: shop, after: first.last?.path, limit: 9)
        #expect((first + rest).map { bench.name($0.path) } == ["shop/1.png", "shop/2.png", "shop/3.png"])
        #expect(try await engine.photoCount(in: shop) == 3)
        #expect(try await engine.faults(in: shop).map { bench.name($0.path) } == ["shop/broken.png"])
        let ids = try await engine.ids(ofPhotosAt: [bench.path("shop/2.png"), bench.path("shop/none.png")])
        #expect(ids == [PhotoID(ofFile: Swatch(2).png), nil])
    }

    @Test func timesTheStagesOfASearch() async throws {
        let bench = EngineBench()
        try bench.put(1, at: "shop/1.png")
        _ = try await bench.refresh("shop")
        let (engine, folders, clock) = (try bench.engine(), try bench.photos(["shop"]), StageClock())
        _ = try await StageClock.$current.withValue(clock) {
            try await engine.search([.bytes(Swatch(5).png)], in: folders)
        }
        #expect(Stage.allCases.filter { clock[$0] == nil } == [.write])
        #expect(StageClock.current == nil)
    }
}
