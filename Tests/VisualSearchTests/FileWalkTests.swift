import Foundation
import SystemPackage
import TestSupport
import Testing
import VisualSearch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is taken for a photo in a folder, before any file is opened.
@Suite struct FileWalkTests {
    @Test func picturesInAllFoldersBelowAreFoundWhateverTheCaseOfTheirNames() async throws {
        let bench = EngineBench()
        let names = ["1.png", "deep/er/2.PNG", "3.JpEg", "4.jfif", "5.tmp.webp"]
        for (seed, name) in names.enumerated() { try bench.put(seed, at: "shop/\(name)") }
        _ = try await bench.refresh("shop")
        #expect(try await found(bench) == Set(names))
    }

    @Test func whatIsNoPictureByItsNameIsNotMentioned() async throws {
        let bench = EngineBench()
        for name in ["notes.txt", "1.png.part", "2.png~", "png", ".hidden.png", ".trash/3.png", "Thumbs.db"] {
            try bench.put(1, at: "shop/\(name)")
        }
        let refresh = try await bench.refresh("shop")
        #expect(refresh.events.isEmpty)
        #expect(refresh.work.read == 0)
    }

    @Test func aLinkIsFollowedAsLongAsItStaysInTheFolder() async throws {
        let bench = EngineBench()
        try bench.put(1, at: "shop/1.png")
        try bench.put(2, at: "elsewhere/2.png")
        try bench.link("shop/inside.png", to: "1.png")
        try bench.link("shop/outside.png", to: "../elsewhere/2.png")
        try bench.link("shop/folder", to: "../elsewhere")
        try bench.link("shop/shop2.png", to: "../shop2/3.png")
        try bench.put(3, at: "shop2/3.png")
        let refresh = try await bench.refresh("shop")
        #expect(try await found(bench) == ["1.png", "inside.png"])
        #expect(refresh.work.embedded == 1)
        #expect(skipped(refresh, bench) == ["shop/outside.png": .leadsOutside, "shop/shop2.png": .leadsOutside])
    }

    @Test(.timeLimit(.minutes(20))) func linksThatLeadInCirclesEnd() async throws {
        let bench = EngineBench()
        try bench.put(1, at: "shop/a/1.png")
        try bench.link("shop/a/up", to: "..")
        try bench.link("shop/a/self.png", to: "self.png")
        try bench.link("shop/a/there.png", to: "back.png")
        try bench.link("shop/a/back.png", to: "there.png")
        try bench.link("shop/a/dangling.png", to: "nowhere.png")
        let refresh = try await bench.refresh("shop")
        #expect(try await found(bench) == ["a/1.png"])
        let lost = ["self", "there", "back", "dangling"].map { ("shop/a/\($0).png", SkipReason.leadsNowhere) }
        #expect(skipped(refresh, bench) == Dictionary(uniqueKeysWithValues: lost))
    }

    @Test func aLinkToTheFolderIsTheFolder() async throws {
        let bench = EngineBench()
        try bench.put(1, at: "shop/1.png")
        try bench.link("alias", to: "shop")
        _ = try await bench.refresh("shop")
        let refresh = try await bench.refresh("alias")
        #expect((refresh.work.read, refresh.summary.searchable) == (0, 1))
    }

    @Test(.timeLimit(.minutes(20))) func pipesAndDevicesAreNeverOpened() async throws {
        let bench = EngineBench()
        try bench.put(1, at: "shop/1.png")
        try #require(mkfifo(bench.path("shop/pipe.png").string, 0o644) == 0)
        try bench.link("shop/zero.png", to: "/dev/zero")
        let refresh = try await bench.refresh("shop")
        #expect(refresh.work.read == 1)
        #expect(skipped(refresh, bench) == ["shop/pipe.png": .notAFile, "shop/zero.png": .notAFile])
    }

    @Test func whatMatchesAnExclusionIsLeftOutAndNotGone() async throws {
        let bench = EngineBench()
        for (seed, name) in ["1.png", "drafts/2.png", "3-draft.png", "a/drafts/4.png"].enumerated() {
            try bench.put(seed, at: "shop/\(name)")
        }
        _ = try await bench.refresh("shop")
        let folders = try bench.photos(["shop"], excluding: ["drafts", "*-draft.*"])
        let refresh = try await bench.refresh(folders, on: bench.engine())
        #expect((refresh.summary.searchable, refresh.summary.removed) == (1, 0))
        let options = SearchOptions(limit: 10, includesIdentical: true)
        let answers = try await bench.engine().search([.bytes(Swatch(0).png)], in: folders, options: options)
        #expect(try answers[0].get().results.map { bench.name($0.path) } == ["shop/1.png"])
        #expect(try await found(bench).count == 4)
    }

    @Test func anExclusionMatchesPathsWithinTheFolder() async throws {
        let bench = EngineBench()
        for (seed, name) in ["a/1.png", "b/1.png", "b/2.png"].enumerated() { try bench.put(seed, at: "shop/\(name)") }
        _ = try await bench.refresh(bench.photos(["shop"], excluding: ["b/1*"]), on: bench.engine())
        #expect(try await found(bench) == ["a/1.png", "b/2.png"])
    }

    @Test func aNameNeedNotBeText() async throws {
        let bench = EngineBench()
        try bench.put(1, at: "shop/1.png")
        let name = bench.path("shop").appending(
            [0x63, 0x61, 0x66, 0xE9, 0x2E, 0x70, 0x6E, 0x67, 0].map { CChar(bitPattern: $0) }
                .withUnsafeBufferPointer { FilePath(platformString: $0.baseAddress!) }.components)
        let file = try FileDescriptor.open(name, .writeOnly, options: .create, permissions: .ownerReadWrite)
        try file.closeAfter { _ = try file.writeAll(Swatch(2).png) }
        _ = try await bench.refresh("shop")
        #expect(try await bench.search(for: 2, in: "shop").first?.path == name)
        #expect(try await bench.refresh("shop").work.read == 0)
    }

    @Test func whatIsNoFolderIsRefused() throws {
        let bench = EngineBench()
        try bench.put(1, at: "shop/1.png")
        #expect(throws: SearchError.noSuchFolder(bench.path("nowhere"))) { try PhotoFolder(bench.path("nowhere")) }
        #expect(throws: SearchError.notAFolder(bench.path("shop/1.png"))) { try PhotoFolder(bench.path("shop/1.png")) }
    }

    private func found(_ bench: EngineBench) async throws -> Set<String> {
        Set(try await bench.search(for: 0, in: "shop").map { String(bench.name($0.path).dropFirst("shop/".count)) })
    }

    private func skipped(_ refresh: Refresh, _ bench: EngineBench) -> [String: SkipReason] {
        refresh.events.reduce(into: [:]) { reasons, event in
            if case .skipped(let path, let reason, _) = event { reasons[bench.name(path)] = reason }
        }
    }
}
