import SystemPackage
import TestSupport
import Testing
import VisualSearch

@Suite struct ThinningTests {
    /// Three swatches, each in four files whose bytes differ and whose pictures do not.
    private func bench() async throws -> EngineBench {
        let bench = EngineBench()
        for seed in 1...3 {
            for copy in 1...4 {
                try bench.put(Swatch(seed).png(labelled: "copy \(copy)"), at: "shop/\(seed)-\(copy).png")
            }
        }
        _ = try await bench.refresh("shop")
        return bench
    }

    @Test func keepsTheFirstOfThoseThatAreNearlyTheSame() async throws {
        let bench = try await bench()
        var options = SearchOptions(limit: 3)
        options.isDiverse = true
        let answers = try await bench.engine().search(
            [.bytes(Swatch(2).png)], in: bench.photos(["shop"]), options: options)
        let results = try answers[0].get().results
        #expect(results.map(\.rank) == [1, 2, 3])
        let names = results.map { $0.path.stem ?? "" }
        #expect(names.allSatisfy { $0.hasSuffix("-1") } && Set(names).count == 3)
        #expect(results[0].similarity > results[1].similarity)
    }

    @Test func hasNoMoreThanWereAskedFor() async throws {
        let bench = try await bench()
        var options = SearchOptions(limit: 2)
        options.isDiverse = true
        let answers = try await bench.engine().search(
            [.bytes(Swatch(1).png), .bytes([1])], in: bench.photos(["shop"]), options: options)
        #expect(try answers[0].get().results.count == 2)
        #expect(throws: SkipReason.self) { try answers[1].get() }
    }
}
