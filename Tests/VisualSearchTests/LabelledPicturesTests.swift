import Imaging
import TestSupport
import Testing

@testable import VisualSearch

@Suite struct LabelledPicturesTests {
    private let bench = EngineBench()
    private let input = InputSpec(side: 12, framing: .squash, filter: .triangle, mean: [0, 0, 0], scale: [1, 1, 1])

    private func pictures() async throws -> LabelledPictures {
        for seed in 1...3 { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        let photos = try await bench.engine().alteredPhotos(in: bench.photos(["shop"]), seed: 1)
        return LabelledPictures(photos, decoder: ImageDecoder())
    }

    @Test func areFramedAsTheNetworkTakesThem() async throws {
        let pictures = try await pictures()
        let framed = try ImageDecoder().decode(Swatch(1).png, framedFor: input)
        #expect(pictures.photoCount == 3 && pictures.picture(of: 0, for: input) == framed)
        #expect(pictures.picture(of: 3, for: input) != framed)
        #expect(pictures.picture(of: 3, for: input)?.size == .square(12))
    }

    @Test func areAlteredAnewFromThePhotoItself() async throws {
        let pictures = try await pictures()
        var random = SeededRandom(seed: 9)
        let alteration = Alteration(using: &random)
        let altered = pictures.picture(of: 0, altered: alteration, for: input)
        #expect(altered?.size == .square(12) && altered == pictures.picture(of: 3, altered: alteration, for: input))
    }

    @Test func areNoneWhereThePhotoIsGone() async throws {
        let pictures = try await pictures()
        try bench.delete("shop/1.png")
        try bench.put([1, 2, 3], at: "shop/2.png")
        #expect(pictures.picture(of: 0, for: input) == nil && pictures.picture(of: 1, for: input) == nil)
        #expect(pictures.picture(of: 2, for: input) != nil)
    }
}
