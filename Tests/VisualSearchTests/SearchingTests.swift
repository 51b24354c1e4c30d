import Embedders
import Imaging
import SystemPackage
import TestSupport
import Testing
import VisualSearch

/// What a search answers.
@Suite struct SearchingTests {
    @Test func theNearestComesFirstAndEachHasItsRank() async throws {
        let bench = try await indexed([1, 2, 3, 4])
        let answer = try await answer(.bytes(Swatch(3).png(labelled: "other bytes")), bench)
        #expect(answer.results.map(\.rank) == [1, 2, 3, 4])
        #expect(bench.name(answer.results[0].path) == "shop/3.png")
        #expect(answer.results[0].similarity > 0.9999)
        #expect(!answer.results[0].isIdentical)
        #expect(answer.results.map(\.similarity) == answer.results.map(\.similarity).sorted(by: >))
        #expect(answer.identical.isEmpty)
    }

    @Test func equallyNearOnesComeInTheOrderOfTheirPaths() async throws {
        let bench = EngineBench()
        for name in ["b.png", "a/2.png", "c.png", "B.png"] {
            try bench.put(Swatch(1).png(labelled: name), at: "shop/\(name)")
        }
        _ = try await bench.refresh("shop")
        let answer = try await answer(.bytes(Swatch(1).png), bench)
        #expect(
            answer.results.map { bench.name($0.path) } == ["B.png", "a/2.png", "b.png", "c.png"].map { "shop/\($0)" })
    }

    @Test func theQueryAndItsCopiesAreNamedApart() async throws {
        let bench = try await indexed([1, 2, 3])
        try bench.put(1, at: "shop/copy.png")
        _ = try await bench.refresh("shop")
        let answer = try await answer(.file(bench.path("shop/1.png")), bench)
        #expect(answer.identical.map { bench.name($0) } == ["shop/1.png", "shop/copy.png"])
        #expect(Set(answer.results.map { bench.name($0.path) }) == ["shop/2.png", "shop/3.png"])
    }

    @Test func theQueryAndItsCopiesAreRankedWhereThatIsAskedFor() async throws {
        let bench = try await indexed([1, 2])
        let answer = try await answer(.file(bench.path("shop/1.png")), bench, SearchOptions(includesIdentical: true))
        #expect(answer.results.map(\.isIdentical) == [true, false])
        #expect(answer.identical.isEmpty)
    }

    @Test func onlyTheNearestAreGivenUpToTheLimit() async throws {
        let bench = try await indexed(Array(1...9))
        let all = try await answer(.bytes(Swatch(100).png), bench, SearchOptions(limit: 100))
        let few = try await answer(.bytes(Swatch(100).png), bench, SearchOptions(limit: 4))
        #expect(few.results == Array(all.results.prefix(4)))
        #expect(all.results.count == 9)
    }

    @Test func onlyThoseAboveTheThresholdAreGiven() async throws {
        let bench = try await indexed(Array(1...9))
        let all = try await answer(.bytes(Swatch(100).png), bench)
        let threshold = all.results[4].similarity
        let some = try await answer(.bytes(Swatch(100).png), bench, SearchOptions(threshold: threshold))
        #expect(some.results == all.results.filter { $0.similarity >= threshold })
        #expect(try await answer(.bytes(Swatch(100).png), bench, SearchOptions(threshold: 1.5)).results.isEmpty)
    }

    @Test func aQueryThatCannotBeReadFailsAlone() async throws {
        let bench = try await indexed([1, 2])
        try bench.put(Array("no picture".utf8), at: "query.png")
        let queries: [Query] = [
            .file(bench.path("nowhere.png")), .file(bench.path("query.png")), .bytes(Swatch(1).png), .bytes([]),
        ]
        let answers = try await bench.engine().search(queries, in: bench.photos(["shop"]))
        #expect(answers[0] == .failure(.unreadable(.noSuchFileOrDirectory)))
        #expect(answers[1] == .failure(.image(.notAPicture(resembles: nil))))
        #expect(try answers[2].get().results.count == 1)
        #expect(answers[3] == .failure(.image(.empty)))
    }

    @Test func severalQueriesAreAnsweredInTheirOrder() async throws {
        let bench = try await indexed(Array(1...20))
        let queries =
            [5, 17, 1].map { Query.bytes(Swatch($0).png(labelled: "query")) } + [.file(bench.path("shop/3.png"))]
        let answers = try await bench.engine().search(
            queries, in: bench.photos(["shop"]), options: SearchOptions(limit: 1, includesIdentical: true))
        let names = try answers.map { bench.name(try $0.get().results[0].path) }
        #expect(names == ["shop/5.png", "shop/17.png", "shop/1.png", "shop/3.png"])
    }

    @Test func aPhotoOfTheCatalogueIsReadAndNotEmbeddedAgain() async throws {
        let bench = try await indexed([1, 2])
        let engine = try bench.engine()
        _ = try await engine.search([.file(bench.path("shop/1.png"))], in: bench.photos(["shop"]))
        #expect((engine.workload.read, engine.workload.decoded, engine.workload.embedded) == (1, 0, 0))
    }

    @Test func aPhotoFromElsewhereIsReadDecodedAndEmbeddedOnce() async throws {
        let bench = try await indexed([1, 2])
        let engine = try bench.engine()
        _ = try await engine.search([.bytes(Swatch(3).png)], in: bench.photos(["shop"]))
        #expect((engine.workload.read, engine.workload.decoded, engine.workload.embedded) == (1, 1, 1))
    }

    @Test func onlyTheFoldersThatAreNamedAreSearched() async throws {
        let bench = try await indexed([1, 2])
        try bench.put(3, at: "outlet/3.png")
        _ = try await bench.refresh("outlet")
        #expect(try await bench.search(for: 3, in: "shop").count == 2)
        #expect(try await bench.search(for: 3, in: "shop", "outlet").count == 3)
        #expect(try await bench.search(for: 3, in: "outlet").count == 1)
    }

    @Test func theEngineKnowsItsFolders() async throws {
        let bench = try await indexed([1])
        try bench.put(3, at: "outlet/3.png")
        _ = try await bench.refresh("outlet")
        #expect(try await bench.engine().roots == [bench.path("outlet"), bench.path("shop")])
    }

    @Test func aThumbnailFitsItsPlaceAndKeepsItsShape() async throws {
        let bench = EngineBench()
        try bench.put(Swatch(1, width: 60, height: 30).png, at: "1.png")
        let image = try bench.engine().thumbnail(of: bench.path("1.png"), fitting: ImageSize(width: 20, height: 20))
        #expect(image.size == ImageSize(width: 20, height: 10))
    }

    private func indexed(_ seeds: [Int]) async throws -> EngineBench {
        let bench = EngineBench()
        for seed in seeds { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        return bench
    }

    private func answer(_ query: Query, _ bench: EngineBench, _ options: SearchOptions = SearchOptions()) async throws
        -> SearchAnswer
    {
        let answers = try await bench.engine().search([query], in: bench.photos(["shop"]), options: options)
        return try answers[0].get()
    }
}
