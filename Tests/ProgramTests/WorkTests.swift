import Foundation
import SystemPackage
import TestSupport
import Testing

/// How much the program does, by its own counters.
@Suite struct WorkTests {
    @Test func aSecondSearchLooksAtTheQueryAndNothingElse() throws {
        let bench = try Workbench(photos: 10)
        try bench.put(Swatch(77).png, at: "query.png")
        let search: [Argument] = ["search", "query.png", "--photos", "shop", "--verbose"]
        #expect(try bench.start(search).outcome().work == Work(read: 11, decoded: 11, embedded: 11))
        #expect(try bench.start(search).outcome().work == Work(read: 1, decoded: 1, embedded: 1))
    }

    @Test func aSearchWithAPhotoOfTheCatalogueEmbedsNothing() throws {
        let bench = try Workbench(photos: 10)
        _ = try bench.run("index", "shop")
        #expect(try bench.run("search", "shop/1.png", "--verbose").work == Work(read: 1, decoded: 0, embedded: 0))
    }

    @Test func aSearchEmbedsWhatHasChangedAndNothingElse() throws {
        let bench = try Workbench(photos: 10)
        _ = try bench.run("index", "shop")
        try bench.put(Swatch(77).png, at: "shop/1.png")
        let outcome = try bench.run("search", "shop/2.png", "--photos", "shop", "--verbose")
        #expect(outcome.work == Work(read: 2, decoded: 1, embedded: 1))
        #expect(outcome.messages.contains("1 changed"))
    }

    @Test func aSearchWithoutRefreshTakesTheCatalogueAsItIs() throws {
        let bench = try Workbench(photos: 3)
        _ = try bench.run("index", "shop")
        try bench.put(Swatch(4).png, at: "shop/4.png")
        try FileManager.default.removeItem(atPath: bench.folder.path.pushing("shop/3.png").string)
        let search: [Argument] = ["shop/1.png", "--photos", "shop", "--no-refresh"]
        #expect(
            Set(try bench.search(search[0], search[1], search[2], search[3]).paths) == ["shop/2.png", "shop/3.png"])
        #expect(Set(try bench.search("shop/1.png", "--photos", "shop").paths) == ["shop/2.png", "shop/4.png"])
    }

    @Test func aSearchThatNamesNoFolderLooksIntoAllThatAreKnown() throws {
        let bench = try Workbench(photos: 2)
        try bench.put(Swatch(3).png, at: "outlet/3.png")
        _ = try bench.run("index", "shop", "outlet")
        let answer = try bench.search("shop/1.png")
        #expect(answer.results.count == 2)
        #expect(answer.results.allSatisfy { $0.place.path.hasPrefix("/") })
        try FileManager.default.removeItem(atPath: bench.folder.appending("outlet").string)
        let outcome = try bench.run("search", "shop/1.png")
        #expect(outcome.status == 0)
        #expect(outcome.messages.contains("left out: there is no folder"))
        #expect(!outcome.text.contains("3.png"))
    }

    @Test func whatIsExcludedIsNeitherIndexedNorFound() throws {
        let bench = try Workbench(photos: 3)
        try bench.put(Swatch(4).png, at: "shop/drafts/4.png")
        let index = try bench.run("index", "shop", "--exclude", "drafts", "--exclude", "3.*", "--verbose")
        #expect(index.work?.embedded == 2)
        _ = try bench.run("index", "shop")
        #expect(try bench.search("shop/1.png", "--photos", "shop", "--exclude", "drafts").paths.count == 2)
        #expect(try bench.search("shop/1.png", "--photos", "shop").paths.count == 3)
    }

    @Test func linksAreFollowedInsideTheFolderAndNotOutOfIt() throws {
        let bench = try Workbench(photos: 1)
        try bench.put(Swatch(2).png, at: "elsewhere/2.png")
        for (name, target) in [
            ("inside.png", "1.png"), ("outside.png", "../elsewhere/2.png"), ("loop", "."), ("a.png", "b.png"),
            ("b.png", "a.png"),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: bench.folder.appending("shop").appending(name).string, withDestinationPath: target)
        }
        let outcome = try bench.run("index", "shop", "--verbose")
        #expect(outcome.status == 0)
        #expect(outcome.text.hasPrefix("2 photos: 2 added, 3 skipped"))
        #expect(outcome.messages.contains("/shop/outside.png: a link that leads out of the folder"))
        #expect(outcome.messages.contains("/shop/a.png: a link that leads nowhere"))
    }

    @Test func indexingTellsWhatItFound() throws {
        let bench = try Workbench(photos: 3)
        try bench.put([], at: "shop/empty.jpg")
        let first = try bench.run("index", "shop")
        #expect(first.text.hasPrefix("3 photos: 3 added, 1 skipped in "))
        #expect(first.messages.hasSuffix("/shop/empty.jpg: the file is empty\n"))
        try FileManager.default.moveItem(
            atPath: bench.folder.path.pushing("shop/1.png").string,
            toPath: bench.folder.path.pushing("shop/one.png").string)
        try FileManager.default.removeItem(atPath: bench.folder.path.pushing("shop/2.png").string)
        try bench.put(Swatch(9).png, at: "shop/3.png")
        let second = try bench.run("index", "shop", "--verbose")
        #expect(second.text.hasPrefix("2 photos: 1 changed, 1 moved, 1 removed, 1 skipped in "))
        #expect(second.messages.contains("/shop/1.png to "))
    }

    @Test func modelsAreListed() throws {
        let outcome = try Workbench().runPlainly("models")
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("* efficientnet-lite0"))
        #expect(outcome.text.contains("colour-layout"))
    }
}
