import Catalogue
import Embedders
import Logging
import TestSupport
import Testing
import VisualSearch

@testable import SearchServer

@Suite struct RefreshingTests {
    private func refreshing(_ folder: TemporaryFolder) async throws -> (Refreshing, SearchEngine) {
        let engine = try SearchEngine(
            catalogue: .file(folder.appending("catalogue.sqlite")), model: ModelChoice("colour-layout"),
            installation: Installation(folder: InstalledModels.folder))
        return (Refreshing(engine, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }), engine)
    }

    private func events(of refreshing: Refreshing) async -> [Refreshing.Event] {
        var events: [Refreshing.Event] = []
        for await event in await refreshing.events() { events.append(event) }
        return events
    }

    @Test func tellsListenersHowItGoesToItsEnd() async throws {
        let folder = TemporaryFolder()
        for seed in 1...3 { try folder.write(Swatch(seed).png, to: "shop/\(seed).png") }
        try folder.write([1, 2, 3], to: "shop/broken.png")
        let (refreshing, engine) = try await refreshing(folder)
        try await engine.add(root: PhotoFolder(folder.appending("shop")))
        await refreshing.begin()
        let serving = Task { await refreshing.serve() }
        let events = await events(of: refreshing)
        guard case .done(let state) = events.last else {
            Issue.record("it did not end")
            return
        }
        #expect(state.stage == .done && state.counts.added == 3 && state.counts.skipped == 1)
        #expect(await refreshing.skipped.map { $0.path.hasSuffix("broken.png") } == [true])
        #expect(events.contains { if case .skipped = $0 { true } else { false } })
        serving.cancel()
    }

    @Test func tellsHowTheLastRunEndedWhereNoneIsUnderWay() async throws {
        let (refreshing, _) = try await refreshing(TemporaryFolder())
        let events = await events(of: refreshing)
        guard events.count == 1, case .done(let state) = events[0] else {
            Issue.record("one event was expected")
            return
        }
        #expect(state.stage == .none)
    }

    @Test func aNewFolderIsLookedInto() async throws {
        let folder = TemporaryFolder()
        try folder.write(Swatch(1).png, to: "shop/1.png")
        let (refreshing, engine) = try await refreshing(folder)
        try await engine.add(root: PhotoFolder(folder.appending("shop")))
        await refreshing.beginAgain()
        let serving = Task { await refreshing.serve() }
        _ = await events(of: refreshing)
        #expect(try await engine.roots.count == 1)
        serving.cancel()
    }

    @Test func aFolderThatIsGoneIsToldOfAndKept() async throws {
        let folder = TemporaryFolder()
        try folder.write(Swatch(1).png, to: "shop/1.png")
        let (refreshing, engine) = try await refreshing(folder)
        for try await _ in engine.refresh([try PhotoFolder(folder.appending("shop"))]) {}
        try folder.remove("shop")
        await refreshing.begin()
        let serving = Task { await refreshing.serve() }
        _ = await events(of: refreshing)
        #expect(await refreshing.skipped.count == 1)
        let root = try #require(try await engine.roots.first)
        #expect(try await engine.photoCount(in: root) == 1)
        serving.cancel()
    }
}
