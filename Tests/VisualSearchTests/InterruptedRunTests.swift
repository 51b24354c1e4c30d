import SystemPackage
import TestSupport
import Testing
import VisualSearch

/// Runs that do not come to their end, and runs at the same time.
@Suite struct InterruptedRunTests {
    private static let count = 60

    @Test(arguments: [1, 9, 33, 60])
    func aCancelledRunKeepsWhatItHasExamined(photos examined: Int) async throws {
        let bench = try filled()
        let engine = try bench.engine()
        let folders = try bench.photos(["shop"])
        let run = Task {
            var count = 0
            for try await event in engine.refresh(folders) {
                if case .examined = event { count += 1 }
                if count == examined { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await run.value }
        let second = try await bench.refresh("shop")
        #expect(second.work.embedded <= Self.count - examined)
        #expect(second.summary.searchable == Self.count)
        #expect(try await bench.search(for: 1, in: "shop").count == Self.count)
    }

    @Test func aRunThatIsCancelledAtOnceSaysSo() async throws {
        let bench = try filled()
        let (engine, folders) = (try bench.engine(), try bench.photos(["shop"]))
        let run = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            for try await _ in engine.refresh(folders) {}
        }
        await #expect(throws: CancellationError.self) { try await run.value }
    }

    @Test func aRunThatNobodyFollowsToItsEndLetsTheNextOneIn() async throws {
        let bench = try filled()
        for try await event in try bench.engine().refresh(bench.photos(["shop"])) {
            if case .examined = event { break }
        }
        #expect(try await bench.refresh("shop").summary.searchable == Self.count)
    }

    @Test func twoRunsAtOnceEmbedEachPhotoOnce() async throws {
        let bench = try filled()
        try await Task.sleep(for: .milliseconds(50))
        let folders = try bench.photos(["shop"])
        async let first = bench.refresh(folders, on: bench.engine())
        async let second = bench.refresh(folders, on: bench.engine())
        let refreshes = try await [first, second]
        #expect(refreshes.map(\.work.embedded).reduce(0, +) == Self.count)
        #expect(refreshes.map(\.summary.searchable) == [Self.count, Self.count])
    }

    private func filled() throws -> EngineBench {
        let bench = EngineBench()
        for seed in 0..<Self.count { try bench.put(seed, at: "shop/\(seed).png") }
        return bench
    }
}
