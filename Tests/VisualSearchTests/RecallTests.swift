import Catalogue
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import VisualSearch

/// Searches that need not find everything.
@Suite struct RecallTests {
    private func indexed(_ count: Int) async throws -> EngineBench {
        let bench = EngineBench()
        for seed in 1...count { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        try await bench.engine().compact()
        return bench
    }

    private func answer(_ bench: EngineBench, recall: Double?) async throws -> SearchAnswer {
        var options = SearchOptions()
        options.recall = recall
        let answers = try await bench.engine().search(
            [.bytes(Swatch(99).png)], in: bench.photos(["shop"]), options: options)
        return try answers[0].get()
    }

    @Test func areExactUnlessAskedOtherwise() async throws {
        let bench = try await indexed(12)
        let exact = try await answer(bench, recall: nil)
        #expect(exact.recall == nil)
        #expect(try await answer(bench, recall: 1) == exact)
        #expect(exact.results.count == 10)
    }

    @Test(.inFiles) func sayWhatIsFound() async throws {
        let bench = try await indexed(12)
        let recall = try #require(try await answer(bench, recall: 0.5).recall)
        #expect(recall.mean >= 0.5 && recall.lower <= recall.mean && recall.mean <= recall.upper)
    }
}
