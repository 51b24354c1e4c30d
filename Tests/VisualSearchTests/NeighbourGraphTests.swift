import SystemPackage
import TestSupport
import Testing
import Vectors
import VisualSearch

/// The graph of a catalogue, from the library.
@Suite struct NeighbourGraphTests {
    @Test func everyPhotoComesOnceInTheOrderOfPathsWithWhatASearchFinds() async throws {
        let bench = try await indexed()
        let (engine, folders) = (try bench.engine(), try bench.photos(["shop"]))
        let options = SearchOptions(limit: 2, metric: .euclidean)
        var photos: [FilePath] = []
        for try await (photo, answer) in engine.neighbours(in: folders, options: options) {
            photos.append(photo)
            #expect(try await engine.search([.file(photo)], in: folders, options: options) == [answer])
        }
        #expect(photos.map(bench.name) == (1...5).map { "shop/\($0).png" })
        #expect(try await engine.describedCount(in: folders) == 5)
        #expect(engine.workload.embedded == 0)
    }

    @Test func photosThatAreExcludedAreNeitherEndOfALine() async throws {
        let bench = try await indexed()
        let folders = try bench.photos(["shop"], excluding: ["3.png"])
        var ends: Set<String> = []
        for try await (photo, answer) in try bench.engine().neighbours(in: folders) {
            ends.formUnion([bench.name(photo)] + (try answer.get()).results.map { bench.name($0.path) })
        }
        #expect(ends == ["shop/1.png", "shop/2.png", "shop/4.png", "shop/5.png"])
    }

    @Test func whoeverIsCancelledIsToldSo() async throws {
        let bench = try await indexed()
        let (engine, folders) = (try bench.engine(), try bench.photos(["shop"]))
        let run = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            for try await _ in engine.neighbours(in: folders) {}
        }
        await #expect(throws: CancellationError.self) { try await run.value }
    }

    private func indexed() async throws -> EngineBench {
        let bench = EngineBench()
        for seed in 1...5 { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        return bench
    }
}
