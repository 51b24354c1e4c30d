import Catalogue
import Embedders
import Networks
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import VisualSearch

/// A model that was trained describes photos that its base has described, without looking at them.
@Suite struct MappingTests {
    private let bench = EngineBench()
    private let store: ModelStore
    private let model: ModelChoice

    init() throws {
        store = ModelStore(folder: bench.path("models"))
        let dimension = try ModelChoice(EngineBench.handMade).dimension
        let adapter = VectorAdapter(
            scale: (0..<dimension).map { $0 % 2 == 0 ? 1 : 0.2 }, whitening: nil, residual: nil)
        let card = TrainedModel.Card(
            origin: .embeddings(
                TrainingOrigin.Embeddings(
                    base: EngineBench.handMade, space: "colour-layout r1", features: .pooled, framing: nil,
                    cutOut: .never)), photos: 2, identities: 2,
            validation: TrainedModel.Validation(queries: 0, before: 0, after: 0, difference: Estimate([])))
        try store.install(adapter, as: "mine", card: card)
        model = try store.choice("mine")
    }

    private func engine() throws -> SearchEngine {
        try SearchEngine(catalogue: bench.location, model: model)
    }

    private func results(_ engine: SearchEngine, seed: Int) async throws -> [String] {
        let options = SearchOptions(limit: 10, includesIdentical: true)
        let answer = try await engine.search([.bytes(Swatch(seed).png)], in: bench.photos(["shop"]), options: options)[
            0]
        return try answer.get().results.map { bench.name($0.path) }
    }

    @Test func looksAtNoPhotoThatItsBaseKnows() async throws {
        for seed in 1...4 { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        let engine = try engine()
        let mapped = try await bench.refresh(bench.photos(["shop"]), on: engine)
        #expect(mapped.work.decoded == 0 && mapped.work.embedded == 0)
        let found = try await results(engine, seed: 3)
        #expect(found.count == 4 && found[0] == "shop/3.png")
    }

    /// And finds the same as if it had looked at all of them.
    @Test func describesOthersItself() async throws {
        for seed in 1...4 { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        for seed in 5...6 { try bench.put(seed, at: "shop/\(seed).png") }
        try await Task.sleep(for: .milliseconds(50))
        let engine = try engine()
        let refresh = try await bench.refresh(bench.photos(["shop"]), on: engine)
        #expect(refresh.work.embedded == 2)
        let fresh = try SearchEngine(catalogue: .file(bench.path("fresh.sqlite")), model: model)
        let all = try await bench.refresh(bench.photos(["shop"]), on: fresh)
        #expect(all.work.embedded == 6)
        for seed in [2, 5] { #expect(try await results(engine, seed: seed) == results(fresh, seed: seed)) }
    }
}
