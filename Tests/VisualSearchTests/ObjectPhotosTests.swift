import SystemPackage
import TestSupport
import Testing
import VisualSearch

/// Photos that lie in a store are found as those on a disk are, at the cost of what is new.
@Suite struct ObjectPhotosTests {
    private let bench = EngineBench()
    private let shelf = ObjectShelf()

    init() {
        for (seed, name) in [(1, "a/1.png"), (2, "a/2.png"), (3, "b/3 ö.png")] { put(seed, name) }
    }

    private func put(_ seed: Int, _ name: String) { shelf.put(Swatch(seed).png, at: "new/\(name)") }

    private func folder(_ name: String = "new", excluding exclusions: [String] = []) throws -> PhotoFolder {
        try PhotoFolder(FilePath("\(shelf.address)/shop/\(name)"), excluding: exclusions)
    }

    private func refresh(_ folders: PhotoFolder...) async throws -> Refresh {
        try await bench.refresh(folders.isEmpty ? [folder()] : folders, on: bench.engine())
    }

    /// The names of those that are found, the one most like the seed's first.
    private func found(_ seed: Int) async throws -> [String] {
        let options = SearchOptions(limit: 1000, includesIdentical: true)
        let answers = try await bench.engine().search([.bytes(Swatch(seed).png)], in: [folder()], options: options)
        return try answers[0].get().results.map { $0.path.lastComponent?.string ?? "" }
    }

    @Test func everyChangeIsFoundAtTheCostOfWhatIsNew() async throws {
        var refresh = try await refresh()
        #expect(refresh.summary.added == 3 && refresh.work.embedded == 3 && refresh.work.read == 3)
        #expect(try await found(3).first == "3%20%C3%B6.png")
        refresh = try await self.refresh()
        #expect(!refresh.summary.isNews && refresh.work.read == 0)
        put(4, "a/1.png")
        refresh = try await self.refresh()
        #expect(refresh.summary.changed == 1 && refresh.work.embedded == 1 && refresh.work.read == 1)
        shelf.move("new/a/2.png", to: "new/c/two.png")
        refresh = try await self.refresh()
        #expect(refresh.summary.moved == 1 && refresh.work.embedded == 0 && refresh.work.read == 1)
        shelf.delete("new/a/1.png")
        put(3, "c/copy.png")
        refresh = try await self.refresh()
        #expect(refresh.summary.removed == 1 && refresh.summary.added == 1 && refresh.work.embedded == 0)
        #expect(try await Set(found(3)) == ["3%20%C3%B6.png", "copy.png", "two.png"])
    }

    @Test func whatIsNoPhotoIsNamedAndReadOnce() async throws {
        shelf.put([1, 2, 3], at: "new/bad.png")
        shelf.put([1, 2, 3], at: "new/list.txt")
        put(5, ".hidden/5.png")
        var refresh = try await refresh()
        #expect(refresh.summary.added == 3 && refresh.summary.skipped == 1)
        refresh = try await self.refresh()
        #expect(refresh.work.read == 0 && refresh.summary.skipped == 1)
        #expect(!shelf.requests.contains { $0.hasSuffix("list.txt") || $0.hasSuffix("5.png") })
    }

    @Test func whatIsNotWantedIsNotAskedFor() async throws {
        let refresh = try await refresh(folder(excluding: ["a"]))
        #expect(refresh.summary.added == 1)
    }

    @Test func aStoreThatIsAwayKeepsItsPhotosAndKeepsNobodyFromOthers() async throws {
        _ = try await refresh()
        shelf.be(away: true)
        let error = await #expect(throws: SearchError.self) { try await refresh() }
        #expect(error.map { "\($0)".contains("may not be read") } == true)
        try bench.put(9, at: "disk/9.png")
        let mixed = try await refresh(folder(), PhotoFolder(bench.path("disk")))
        #expect(mixed.summary.added == 1 && mixed.summary.skipped == 1 && mixed.summary.removed == 0)
        #expect(try await found(1).count == 3)
        let engine = try bench.engine()
        let photo = try #require(try await engine.photo(PhotoID(ofFile: Swatch(1).png)))
        let reason = await #expect(throws: SkipReason.self) { try await photo.read() }
        #expect(reason?.description.hasPrefix("may not be read") == true)
        shelf.be(away: false)
        #expect(try await photo.read() == Swatch(1).png)
        #expect(try photo.bytes == Swatch(1).png && photo.byteCount == nil)
    }

    @Test func numbersThatNothingHasEndNoRun() async throws {
        let server = LoopbackServer { request in
            guard request.target != "/shop/" else {
                return WebAnswer(200, [:], Array(#"<a href="1.png"><a href="2.png">"#.utf8))
            }
            let fields = ["Content-Length": "\(Int.max)", "Last-Modified": "Fri, 31 Dec 9999 23:59:59 GMT"]
            return WebAnswer(200, fields, [0])
        }
        let refresh = try await refresh(PhotoFolder(FilePath(server.address + "/shop")))
        #expect(refresh.summary.skipped == 2 && refresh.summary.searchable == 0)
    }

    @Test func queriesMayLieInAStoreToo() async throws {
        _ = try await refresh()
        let path = FilePath("\(shelf.address)/shop/new/a/2.png")
        let answers = try await bench.engine().search([.file(path)], in: [folder()])
        #expect(try answers[0].get().identical.map(\.written) == ["\(shelf.address)/shop/new/a/2.png"])
        let missing = FilePath("\(shelf.address)/shop/nothing.png")
        #expect(try bench.engine().problem(with: .file(missing))?.description == "is not there")
    }

    @Test func aFolderOrAPhotoOfItIsForgotten() async throws {
        _ = try await refresh()
        let engine = try bench.engine()
        #expect(try await engine.forget([FilePath("\(shelf.address)/shop/new/a/2.png")]) == [1])
        #expect(try await found(1).count == 2)
        #expect(try await engine.forget([FilePath("\(shelf.address)/shop/new/")]) == [2])
        #expect(try await engine.roots.isEmpty)
    }

    @Test func localFeaturesAreFoundInThem() async throws {
        _ = try await refresh()
        var options = SearchOptions(limit: 3)
        options.reranking = Reranking(.colours, share: 1)
        let answers = try await bench.engine().search([.bytes(Swatch(1).png)], in: [folder()], options: options)
        #expect(try answers[0].get().rankedAgain != nil)
    }
}
