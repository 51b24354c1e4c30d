import Foundation
import SystemPackage
import TestSupport
import Testing
import VisualSearch

/// Whatever happens to the files, a search finds what they hold now, and nothing is embedded twice.
@Suite struct ChangeDetectionTests {
    @Test func everyChangeIsFoundAtTheCostOfWhatIsNew() async throws {
        var story = Story()
        for (seed, name) in [(1, "a/1.png"), (2, "a/2.png"), (3, "b/3.png")] { try story.put(seed, name) }
        try await story.check("three photos", embeds: 3, reads: 3)
        try await story.check("nothing", embeds: 0, reads: 0)
        try story.put(4, "a/1.png")
        try await story.check("new content under a name", embeds: 1, reads: 1)
        try story.putKeepingTime(5, "a/1.png")
        try await story.check("new content of the same size and time", embeds: 1, reads: 1)
        try story.move("a/1.png", "a/one.png")
        try await story.check("a photo renamed", embeds: 0, reads: 1)
        try story.move("a/2.png", "b/deep/2.png")
        try await story.check("a photo moved to another folder", embeds: 0, reads: 1)
        try story.exchange("a/one.png", "b/3.png")
        try await story.check("two photos that change places", embeds: 0, reads: 2)
        try story.delete("b/3.png")
        try await story.check("a photo deleted", embeds: 0, reads: 0)
        try story.put(6, "b/6.png")
        try await story.check("a photo added", embeds: 1, reads: 1)
        try story.put(6, "a/copy.png")
        try await story.check("a copy", embeds: 0, reads: 1)
        try story.put(5, "b/again.png")
        try await story.check("a deleted photo that comes back", embeds: 0, reads: 1)
        try story.put(6, "b/6.png")
        try await story.check("a photo written anew as it was", embeds: 0, reads: 1)
        try story.delete("a/copy.png")
        try story.put(7, "a/7.png")
        try story.move("b/again.png", "again.png")
        try story.put(2, "b/6.png")
        try await story.check("all in one", embeds: 1, reads: 3)
        try await story.check("nothing again", embeds: 0, reads: 0)
    }

    @Test(.enabled(if: InstalledModels.areThere, "\(InstalledModels.absence)"))
    func aModelEmbedsWhatItHasNotSeenAndNothingElse() async throws {
        var story = Story()
        for seed in 1...2 { try story.put(seed, "a/\(seed).png") }
        try await story.check("two photos", embeds: 2, reads: 2)
        story.model = "efficientnet-lite0"
        try await story.check("another model", embeds: 2, reads: 2)
        try await story.check("nothing", embeds: 0, reads: 0)
        try story.put(3, "a/2.png")
        try await story.check("new content with that model", embeds: 1, reads: 1)
        story.model = EngineBench.handMade
        try await story.check("the first model, which has not seen it", embeds: 1, reads: 1)
        story.model = "efficientnet-lite0"
        try await story.check("back again", embeds: 0, reads: 0)
        try story.put(2, "a/2.png")
        try await story.check("old content, known to both", embeds: 0, reads: 1)
        story.model = EngineBench.handMade
        try await story.check("the first model, which knows it", embeds: 0, reads: 0)
    }

    @Test func eachChangeIsCalledWhatItIs() async throws {
        let bench = EngineBench()
        for seed in 1...4 { try bench.put(seed, at: "shop/\(seed).png") }
        let first = try await bench.refresh("shop")
        #expect(first.events == Set((1...4).map { .examined(bench.path("shop/\($0).png"), .added) }))

        try bench.put(5, at: "shop/1.png")
        try bench.move("shop/2.png", to: "shop/two.png")
        try bench.put(3, at: "shop/3.png")
        try bench.delete("shop/4.png")
        let second = try await bench.refresh("shop")
        #expect(second.events.contains(.examined(bench.path("shop/1.png"), .changed)))
        #expect(second.events.contains(.examined(bench.path("shop/two.png"), .moved(from: bench.path("shop/2.png")))))
        #expect(second.events.contains(.examined(bench.path("shop/3.png"), .unchanged)))
        #expect(second.events.contains(.removed(bench.path("shop/4.png"))))
    }

    @Test func aMovedPhotoIsNotCountedAsRemovedToo() async throws {
        let bench = EngineBench()
        for seed in 1...2 { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        try bench.move("shop/1.png", to: "shop/one.png")
        let summary = try await bench.refresh("shop").summary
        #expect((summary.moved, summary.removed, summary.searchable) == (1, 0, 2))
    }

    @Test func aPhotoMovedBetweenFoldersThatAreIndexedApartIsNotEmbeddedAgain() async throws {
        let bench = EngineBench()
        try bench.put(1, at: "spring/1.png")
        try bench.put(2, at: "autumn/2.png")
        _ = try await bench.refresh("spring", "autumn")
        try bench.move("spring/1.png", to: "autumn/1.png")
        #expect(try await bench.refresh("autumn").work.embedded == 0)
        #expect(try await bench.refresh("spring").work.embedded == 0)
        #expect(
            try await bench.search(for: 1, in: "spring", "autumn").map { bench.name($0.path) } == [
                "autumn/1.png", "autumn/2.png",
            ])
    }

    @Test func aFolderInsideAnotherIsIndexedOnce() async throws {
        let bench = EngineBench()
        for seed in 1...3 { try bench.put(seed, at: "shop/dresses/\(seed).png") }
        let first = try await bench.refresh("shop", "shop/dresses")
        #expect((first.work.embedded, first.summary.added) == (3, 3))
        #expect(try await bench.search(for: 1, in: "shop", "shop/dresses").count == 3)
        try bench.delete("shop/dresses/3.png")
        #expect(try await bench.refresh("shop/dresses", "shop").summary.removed == 1)
        #expect(try await bench.search(for: 1, in: "shop/dresses", "shop").count == 2)
    }

    @Test func aFolderWhoseNameBeginsLikeAnotherIsLeftAlone() async throws {
        let bench = EngineBench()
        try bench.put(1, at: "shop/1.png")
        try bench.put(2, at: "shop2/2.png")
        _ = try await bench.refresh("shop", "shop2")
        try bench.delete("shop2/2.png")
        try bench.put(3, at: "shop2/3.png")
        let refresh = try await bench.refresh("shop")
        #expect(refresh.events.isEmpty)
        #expect(try await bench.search(for: 2, in: "shop").map { bench.name($0.path) } == ["shop/1.png"])
    }

    @Test func aPhotoThatIsReplacedByAFolderIsGone() async throws {
        let bench = EngineBench()
        try bench.put(1, at: "shop/1.png")
        _ = try await bench.refresh("shop")
        try bench.delete("shop/1.png")
        try bench.put(2, at: "shop/1.png/2.png")
        _ = try await bench.refresh("shop")
        #expect(try await bench.search(for: 1, in: "shop").map { bench.name($0.path) } == ["shop/1.png/2.png"])
    }

    @Test func manyCopiesAreEmbeddedOnce() async throws {
        let bench = EngineBench()
        for copy in 0..<60 { try bench.put(copy % 2, at: "shop/\(copy).png") }
        let refresh = try await bench.refresh("shop")
        #expect((refresh.work.read, refresh.work.embedded, refresh.summary.searchable) == (60, 2, 60))
        #expect(try await bench.search(for: 0, in: "shop").count == 60)
    }

    @Test func aFolderThatIsGoneTakesNothingFromTheOthers() async throws {
        let bench = EngineBench()
        try bench.put(1, at: "shop/1.png")
        try bench.put(2, at: "outlet/2.png")
        _ = try await bench.refresh("shop", "outlet")
        try bench.delete("outlet")
        #expect(throws: SearchError.self) { try PhotoFolder(bench.path("outlet")) }
        #expect(try await bench.refresh("shop").events.isEmpty)
    }
}

/// A folder whose files change, and what a search must find after each change.
private struct Story {
    private let bench = EngineBench()
    /// The seed of the swatch in each file.
    private var files: [String: Int] = [:]
    var model = EngineBench.handMade

    mutating func put(_ seed: Int, _ name: String) throws {
        try bench.put(seed, at: name)
        files[name] = seed
    }

    mutating func putKeepingTime(_ seed: Int, _ name: String) throws {
        try bench.keepingTime(of: name) { try bench.put(seed, at: name) }
        files[name] = seed
    }

    mutating func move(_ name: String, _ newName: String) throws {
        try bench.move(name, to: newName)
        files[newName] = files.removeValue(forKey: name)
    }

    mutating func exchange(_ first: String, _ second: String) throws {
        try move(first, "aside.png")
        try move(second, first)
        try move("aside.png", second)
    }

    mutating func delete(_ name: String) throws {
        try bench.delete(name)
        files[name] = nil
    }

    /// Brings the catalogue up to date, and checks the work and all that a search finds.
    func check(_ title: String, embeds: Int, reads: Int) async throws {
        let refresh = try await bench.refresh("", model: model)
        #expect(refresh.work.embedded == embeds, "\(title)")
        #expect(refresh.work.read == reads, "\(title)")
        #expect(refresh.summary.searchable == files.count, "\(title)")
        for seed in Set(files.values) {
            let results = try await bench.search(for: seed, in: "", model: model)
            let same = results.filter { $0.similarity > 0.9999 }.map { bench.name($0.path) }
            #expect(Set(same) == Set(files.filter { $0.value == seed }.keys), "\(title)")
            #expect(results.count == files.count, "\(title)")
        }
    }
}
