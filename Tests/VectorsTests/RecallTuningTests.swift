import TestSupport
import Testing

@testable import Vectors

@Suite struct RecallTuningTests {
    private func index() async throws -> VectorIndex {
        var random = SeededRandom(seed: 1)
        let vectors = (0..<600).map { _ in Embedding.random(24, &random) }
        var index = try VectorIndex(vectors, dimension: 24)
        await index.encode(partitions: 16)
        return index
    }

    @Test func looksIntoMorePartitionsTheMoreIsWanted() async throws {
        let index = try await index()
        var before = 0
        for wanted in [0.5, 0.9, 1] {
            let tuning = await RecallTuning(for: wanted, in: index, tasks: 2)
            #expect(tuning.recall.lower >= wanted && tuning.partitions > before && tuning.partitions <= 16)
            #expect(tuning.recall.lower <= tuning.recall.mean && tuning.recall.mean <= tuning.recall.upper)
            before = tuning.partitions
        }
    }

    @Test func isTheSameEachTime() async throws {
        let index = try await index()
        #expect(await RecallTuning(for: 0.8, in: index, tasks: 1) == RecallTuning(for: 0.8, in: index, tasks: 3))
    }

    @Test func needsNoVectors() async {
        #expect(await RecallTuning(for: 0.9, in: VectorIndex(dimension: 3), tasks: 1).recall.mean == 0)
    }
}
