import Catalogue
import Imaging
import Synchronization
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Embedders
@testable import VisualSearch

/// Garments that are cut out before they are described, by a network that takes the left half of each photo for them.
@Suite struct CuttingOutTests {
    private final class LeftHalf: Embedder {
        let photos = Atomic(0)
        let inputs: [InputSpec]

        init(_ choice: ModelChoice) { inputs = [choice.input] }

        func embed(_ pictures: [FramedPhoto]) -> [Embedding] {
            photos.add(pictures.count, ordering: .relaxed)
            return pictures.map { _ in
                Embedding(
                    (0..<320 * 320).map { (10..<160).contains($0 % 320) && (10..<310).contains($0 / 320) ? 1 : 0 })
            }
        }
    }

    private let bench = EngineBench()
    private let segmenter: LeftHalf

    init() throws { segmenter = LeftHalf(try ModelChoice().segmenter) }

    private func engine(_ cutOut: CutOut) throws -> SearchEngine {
        var choice = try ModelChoice(EngineBench.handMade)
        choice.cutOut = cutOut
        return try SearchEngine(
            catalogue: bench.location, companion: bench.path("catalogue.sqlite"), model: choice
        ) { [segmenter] choice in
            choice.model.id == ModelRegistry.segmenter.id ? segmenter as any Embedder : ColourLayoutEmbedder()
        }
    }

    private func refresh(_ cutOut: CutOut) async throws -> Refresh {
        try await bench.refresh(bench.photos(["shop"]), on: engine(cutOut))
    }

    private func search(_ query: PixelImage, _ cutOut: CutOut) async throws -> [SearchResult] {
        let bytes = try ImageEncoder(format: .png).encode(query)
        let options = SearchOptions(includesIdentical: true)
        return try await engine(cutOut).search([.bytes(bytes)], in: bench.photos(["shop"]), options: options)[0].get()
            .results
    }

    /// The left half in one colour, and the right in another.
    private func picture(_ left: UInt8, _ right: UInt8) -> PixelImage {
        PixelImage(
            width: 64, height: 64,
            pixels: (0..<64 * 64).flatMap { place in
                place % 64 < 32 ? [left, 40, 255 - left] : [right, right, right]
            })
    }

    private func fill() async throws {
        let encoder = ImageEncoder(format: .png)
        try bench.put(encoder.encode(picture(200, 20)), at: "shop/red.png")
        try bench.put(encoder.encode(picture(10, 230)), at: "shop/blue.png")
        try await Task.sleep(for: .milliseconds(50))
    }

    @Test func onlyTheGarmentCounts() async throws {
        try await fill()
        _ = try await refresh(.always)
        // Red before another ground: like the red one, and unlike the blue one, which has that ground.
        let results = try await search(picture(200, 230), .always)
        #expect(results.map { $0.path.stem } == ["red", "blue"] && results[0].similarity > 0.999)
    }

    @Test func isAnotherSpaceAndKeepsMasksForTheNextModel() async throws {
        try await fill()
        _ = try await refresh(.never)
        #expect(segmenter.photos.load(ordering: .relaxed) == 0)
        let first = try await refresh(.always)
        #expect(first.work.embedded == 2 && segmenter.photos.load(ordering: .relaxed) == 2)
        // What is cut out with a plain ground left as it is are other embeddings, and by the same masks.
        let second = try await refresh(.auto)
        #expect(second.work.embedded == 2 && segmenter.photos.load(ordering: .relaxed) == 2)
        let engines = try [engine(.never), engine(.auto), engine(.always)]
        #expect(Set(engines.map(\.space.identity)).count == 3)
    }

    @Test func photosWithAPlainGroundAreLeftAsTheyAre() async throws {
        let plain = PixelImage(
            width: 64, height: 64,
            pixels: (0..<64 * 64).flatMap { place -> [UInt8] in
                (20..<44).contains(place % 64) && (10..<54).contains(place / 64) ? [200, 40, 55] : [250, 250, 250]
            })
        try bench.put(ImageEncoder(format: .png).encode(plain), at: "shop/plain.png")
        try await Task.sleep(for: .milliseconds(50))
        _ = try await refresh(.auto)
        #expect(segmenter.photos.load(ordering: .relaxed) == 0)
        #expect(try await search(plain, .auto)[0].similarity > 0.999)
    }

    @Test func aPartOfAPhotoIsCutOutByItself() async throws {
        try await fill()
        _ = try await refresh(.always)
        let bytes = try ImageEncoder(format: .png).encode(picture(10, 230))
        var term = QueryTerm(.bytes(bytes))
        term.region = PhotoRegion(left: 0, top: 0, width: 0.5, height: 1, unit: .shares)
        let answer = try await engine(.always).search(
            [.mixed([term])], in: bench.photos(["shop"]), options: SearchOptions(includesIdentical: true))[0].get()
        #expect(answer.results.first?.path.stem == "blue")
        #expect(segmenter.photos.load(ordering: .relaxed) == 3)
    }

    @Test func whatIsNoPhotoIsStillSkipped() async throws {
        try bench.put([1, 2, 3], at: "shop/none.png")
        let refresh = try await refresh(.always)
        #expect(refresh.events.contains { if case .skipped = $0 { true } else { false } })
    }
}
