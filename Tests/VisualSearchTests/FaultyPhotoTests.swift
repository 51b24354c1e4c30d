import Imaging
import SystemPackage
import TestSupport
import Testing
import VisualSearch

/// Files that look like photos by their names and are none.
@Suite struct FaultyPhotoTests {
    @Test func areNamedAndSkippedAndNotOpenedAgain() async throws {
        let bench = EngineBench()
        try bench.put(1, at: "shop/1.png")
        try bench.put(Array("not a picture".utf8), at: "shop/broken.png")
        let first = try await bench.refresh("shop")
        #expect(
            first.events.contains(
                .skipped(bench.path("shop/broken.png"), .image(.notAPicture(resembles: nil)), opened: true)))
        #expect((first.summary.searchable, first.summary.skipped) == (1, 1))

        let second = try await bench.refresh("shop")
        let reason = ImageError.notAPicture(resembles: nil).description
        #expect(second.events == [.skipped(bench.path("shop/broken.png"), .remembered(reason), opened: false)])
        #expect(second.work.read == 0)
    }

    @Test func breakingAPhotoTakesItOutOfTheResultsAndMendingItBringsItBack() async throws {
        let bench = EngineBench()
        for seed in 1...2 { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        try bench.put(Array(Swatch(1).png.prefix(500)), at: "shop/1.png")
        #expect(try await bench.refresh("shop").summary.searchable == 1)
        #expect(try await bench.search(for: 1, in: "shop").map { bench.name($0.path) } == ["shop/2.png"])
        try bench.put(1, at: "shop/1.png")
        let mended = try await bench.refresh("shop")
        #expect((mended.summary.searchable, mended.work.embedded) == (2, 0))
        #expect(try await bench.search(for: 1, in: "shop").count == 2)
    }

    @Test func aPathThatIsTooLongForAServerIsSkippedThere() async throws {
        let bench = EngineBench()
        var random = SeededRandom(seed: 1)
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        let names = (0..<12).map { _ in String((0..<240).map { _ in letters.randomElement(using: &random)! }) }
        let name = "shop/" + names.joined(separator: "/") + "/1.png"
        for name in ["shop/1.png", name] { try bench.put(1, at: name) }
        let refresh = try await bench.refresh("shop")
        #expect(refresh.summary.added == (TestDatabase.isAskedFor ? 1 : 2))
        guard TestDatabase.isAskedFor else { return }
        let reason = SkipReason.pathTooLong(bench.path(name).length, limit: 2600)
        #expect(refresh.events.contains(.skipped(bench.path(name), reason, opened: false)))
    }

    @Test func copiesOfOneAreAllSkipped() async throws {
        let bench = EngineBench()
        for copy in 0..<60 { try bench.put([], at: "shop/\(copy).png") }
        let refresh = try await bench.refresh("shop")
        #expect((refresh.summary.skipped, refresh.summary.searchable) == (60, 0))
    }

    @Test func onesThatAreTooLargeAreTriedAgainOnceMoreIsAllowed() async throws {
        let bench = EngineBench()
        try bench.put(Swatch(1, width: 1001, height: 1000).png, at: "shop/large.png")
        #expect(try await bench.refresh("shop", megapixels: 1).summary.skipped == 1)
        #expect(try await bench.refresh("shop", megapixels: 1).work.read == 0)
        #expect(try await bench.refresh("shop", megapixels: 2).summary.searchable == 1)
    }
}
