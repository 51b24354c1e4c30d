import Imaging
import SystemPackage
import TestSupport
import Testing

@testable import VisualSearch

/// Photos that are ranked once more by their colours.
@Suite struct RerankingTests {
    private func picture(_ seed: Int) throws -> PixelImage {
        try ImageDecoder().decode(Swatch(seed, width: 48, height: 48).png)
    }

    /// One picture, its mirror image, which has the same colours elsewhere, and the same in other colours.
    private func bench() async throws -> EngineBench {
        let bench = EngineBench()
        let encoder = ImageEncoder(format: .png)
        try bench.put(encoder.encode(picture(1)), at: "shop/same.png")
        try bench.put(encoder.encode(picture(1).mirrored), at: "shop/mirrored.png")
        try bench.put(encoder.encode(picture(1).recoloured(degrees: 20)), at: "shop/near.png")
        try bench.put(encoder.encode(picture(1).recoloured(degrees: 150)), at: "shop/far.png")
        _ = try await bench.refresh("shop")
        return bench
    }

    private func answer(_ bench: EngineBench, _ change: (inout SearchOptions) -> Void = { _ in }) async throws
        -> SearchAnswer
    {
        var options = SearchOptions(includesIdentical: true)
        options.reranking = Reranking(.colours, share: 1)
        change(&options)
        let query = Query.bytes(try ImageEncoder(format: .png).encode(picture(1)))
        return try await bench.engine().search([query], in: bench.photos(["shop"]), options: options)[0].get()
    }

    @Test func comeInTheOrderOfTheirColours() async throws {
        let results = try await answer(bench()).results
        #expect(results.map { $0.path.stem } == ["same", "mirrored", "near", "far"])
        #expect(results.map(\.rank) == [1, 2, 3, 4] && results[0].similarity > 0.999 && results[1].similarity > 0.9)
        #expect(zip(results, results.dropFirst()).allSatisfy { $0.similarity >= $1.similarity })
    }

    @Test func areAsManyAsAskedForAndAsAlike() async throws {
        let bench = try await bench()
        #expect(try await answer(bench) { $0.limit = 2 }.results.map(\.path.stem) == ["same", "mirrored"])
        let all = try await answer(bench).results
        #expect(try await answer(bench) { $0.threshold = all[1].similarity }.results.count == 2)
        // Of two candidates the nearest by their embeddings.
        let two = try await answer(bench) { ($0.limit, $0.candidates) = (1, 2) }
        #expect(two.results.count == 1 && two.results[0].path.stem == "same")
    }

    @Test func keepAShareOfWhatTheyHadBefore() async throws {
        let bench = try await bench()
        let all = try await answer(bench).results
        let none = try await answer(bench) { $0.reranking = nil }.results
        let before = Dictionary(uniqueKeysWithValues: none.map { ($0.path, $0.similarity) })
        #expect(try await answer(bench) { $0.reranking = Reranking(.colours, share: 0) }.results == none)
        for result in try await answer(bench, { $0.reranking = Reranking(.colours, share: 0.25) }).results {
            let colour = try #require(all.first { $0.path == result.path }).similarity
            #expect(abs(result.similarity - (0.75 * before[result.path, default: 9] + 0.25 * colour)) < 1e-5)
        }
    }

    @Test func goLastWhereTheyCannotBeReadAnyMore() async throws {
        let bench = try await bench()
        try bench.delete("shop/mirrored.png")
        let results = try await answer(bench).results
        #expect(results.last?.path.stem == "mirrored" && results.last?.similarity == 0)
    }

    @Test func whatIsFoundOutOfPhotosIsKept() async throws {
        let bench = try await bench()
        let (first, second) = (try bench.engine(), try bench.engine())
        var options = SearchOptions(includesIdentical: true)
        options.reranking = Reranking(.colours, share: 1)
        let query = Query.bytes(try ImageEncoder(format: .png).encode(picture(1)))
        let found = try await first.search([query], in: bench.photos(["shop"]), options: options)[0].get()
        #expect(first.workload.decoded == 4)
        let again = try await second.search([query], in: bench.photos(["shop"]), options: options)[0].get()
        #expect(second.workload.decoded == 0 && again.results == found.results)
    }

    @Test func allPhotosCanBePreparedAtOnce() async throws {
        let bench = try await bench()
        let engine = try bench.engine()
        var (options, done) = (SearchOptions(), 0)
        options.reranking = Reranking(.colours, share: 1)
        try await engine.prepare(for: options, in: bench.photos(["shop"])) { done = $0 }
        #expect(done == 0 && engine.workload.decoded == 0)
        options.candidates = .max
        try await engine.prepare(for: options, in: bench.photos(["shop"])) { done = $0 }
        #expect(done == 4 && engine.workload.decoded == 4)
        try await engine.prepare(for: options, in: bench.photos(["shop"]))
        #expect(engine.workload.decoded == 4)
    }

    /// Those that results should not look like are no measure.
    @Test func coloursAreThoseOfTheFirstPhotoThatIsAskedFor() async throws {
        let bench = try await bench()
        let encoder = ImageEncoder(format: .png)
        let query = Query.mixed([
            QueryTerm(.bytes(try encoder.encode(picture(1).recoloured(degrees: 150))), weight: -0.1),
            QueryTerm(.bytes(try encoder.encode(picture(1)))),
        ])
        var options = SearchOptions(includesIdentical: true)
        options.reranking = Reranking(.colours, share: 1)
        let answer = try await bench.engine().search([query], in: bench.photos(["shop"]), options: options)[0].get()
        #expect(answer.results[0].path.stem == "same" && answer.results.last?.path.stem == "far")
    }

    /// Its colours would be taken for those of the photo that the catalogue knows.
    @Test func aPhotoThatIsAnotherNowGoesLast() async throws {
        let bench = try await bench()
        try bench.put(ImageEncoder(format: .png).encode(picture(1)), at: "shop/far.png")
        let results = try await answer(bench).results
        #expect(results.last?.path.stem == "far" && results.last?.similarity == 0)
    }

    @Test func placesNeedAModelThatSeesThem() async throws {
        let bench = try await bench()
        await #expect(throws: SearchError.self) {
            try await answer(bench) { $0.reranking = Reranking(.patches, share: 0.5) }
        }
    }
}
