import Imaging
import SystemPackage
import TestSupport
import Testing

@testable import VisualSearch

@Suite struct MixedQueryTests {
    /// Six swatches that are nothing like one another.
    private func bench() async throws -> EngineBench {
        let bench = EngineBench()
        for seed in 1...6 { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        return bench
    }

    private func answer(_ bench: EngineBench, _ terms: [QueryTerm], all: Bool = true) async throws -> SearchAnswer {
        let options = SearchOptions(limit: 10, includesIdentical: all)
        return try await bench.engine().search([.mixed(terms)], in: bench.photos(["shop"]), options: options)[0].get()
    }

    private func term(_ bench: EngineBench, _ seed: Int, weight: Double = 1) -> QueryTerm {
        QueryTerm(.file(bench.path("shop/\(seed).png")), weight: weight)
    }

    private func names(_ answer: SearchAnswer) -> [String] { answer.results.map { $0.path.stem ?? "" } }

    @Test func allThatWasAddedComesFirstAndTheHeaviestAboveAll() async throws {
        let bench = try await bench()
        let terms = [term(bench, 2), term(bench, 5, weight: 0.6)]
        #expect(try await names(answer(bench, terms)).prefix(2) == ["2", "5"])
    }

    @Test func whatIsTakenAwayComesLast() async throws {
        let bench = try await bench()
        let answer = try await answer(bench, [term(bench, 2), term(bench, 4, weight: -1)])
        #expect(names(answer).first == "2" && names(answer).last == "4")
    }

    @Test func noPhotoOfTheQueryIsAResultUnlessAskedFor() async throws {
        let bench = try await bench()
        let answer = try await answer(bench, [term(bench, 1), term(bench, 3, weight: -1)], all: false)
        #expect(Set(names(answer)) == ["2", "4", "5", "6"])
        #expect(answer.identical.map(\.stem) == ["1", "3"])
    }

    @Test func oneTermIsThePhotoItself() async throws {
        let bench = try await bench()
        let mixed = try await answer(bench, [term(bench, 4, weight: 3)])
        let plain = try await bench.search(for: 4, in: "shop")
        #expect(mixed.results.map(\.similarity) == plain.map(\.similarity))
    }

    /// Swatches have four rows and columns of blocks: their left half, in a file of its own, is the region’s picture.
    @Test func aPartIsAskedForAsIfItWereAPhoto() async throws {
        let bench = try await bench()
        let whole = try ImageDecoder().decode(Swatch(3).png)
        let half = try ImageEncoder(format: .png).encode(whole.cropped(right: 0.5))
        let regions = [
            PhotoRegion(left: 0, top: 0, width: 0.5, height: 1, unit: .shares),
            PhotoRegion(left: 0, top: 0, width: 8, height: 99, unit: .pixels),
        ]
        let expected = try await answer(bench, [QueryTerm(.bytes(half))]).results.map(\.similarity)
        for region in regions {
            let term = QueryTerm(.bytes(Swatch(3).png), region: region)
            #expect(try await answer(bench, [term]).results.map(\.similarity) == expected)
        }
    }

    @Test func aRegionBeyondThePhotoIsNone() async throws {
        let bench = try await bench()
        let region = PhotoRegion(left: 500, top: 500, width: 10, height: 10, unit: .pixels)
        let term = QueryTerm(.bytes(Swatch(3).png), region: region)
        await #expect(throws: SkipReason.partOutside(ImageSize(width: 16, height: 16))) {
            try await answer(bench, [term])
        }
    }

    @Test func aQueryFailsWithAnyOfItsPhotos() async throws {
        let bench = try await bench()
        let terms = [term(bench, 1), term(bench, 77)]
        let engine = try bench.engine()
        let answers = try await engine.search([.mixed(terms), .bytes(Swatch(1).png)], in: bench.photos(["shop"]))
        #expect(throws: SkipReason.self) { try answers[0].get() }
        #expect(try answers[1].get().results.isEmpty == false)
        #expect(engine.problem(with: .mixed(terms)) != nil && engine.problem(with: .mixed([terms[0]])) == nil)
    }
}
