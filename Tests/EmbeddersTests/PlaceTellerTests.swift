import Imaging
import Networks
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Embedders

@Suite(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
struct PlaceTellerTests {
    private func teller(_ choice: ModelChoice) throws -> PlaceTeller {
        let choice = try #require(choice.placeTeller)
        return try #require(PlaceTeller(try installedStore.embedder(for: choice), of: choice))
    }

    /// What is on the left of one photo is on the right of the other.
    private var halves: [PixelImage] {
        let (plain, busy) = (PixelImage.flat(200, 40, 40, side: 224), PixelImage.pattern(224, seed: 3))
        return [(plain, busy), (busy, plain)].map { left, right in
            var pixels = left.pixels
            for row in 0..<224 {
                let half = (row * 224 + 112) * 3..<(row + 1) * 224 * 3
                pixels.replaceSubrange(half, with: right.pixels[half])
            }
            return PixelImage(width: 224, height: 224, pixels: pixels)
        }
    }

    @Test(arguments: ["mobilenet-v2-deepsort", "efficientnet-lite0"])
    func tellsWhatIsWhere(model: String) throws {
        let choice = try ModelChoice(model, features: .pooled)
        let grids = try teller(choice).patches(of: halves.map { FramedPhoto([$0]) })
        let (one, other) = (try #require(grids[0]), try #require(grids[1]))
        #expect(one.side == 7)
        func cosine(_ one: PatchGrid, _ place: Int, _ other: PatchGrid, _ otherPlace: Int) -> Double {
            let numbers = [(one, place), (other, otherPlace)].map { grid, place in
                Embedding(grid.numbers[place * 64..<(place + 1) * 64].map { Float($0) })
            }
            return numbers[0].cosine(numbers[1])
        }
        // The middle of the left is what the other has in the middle of the right.
        let (left, right) = (3 * 7 + 1, 3 * 7 + 5)
        #expect(cosine(one, left, other, right) > cosine(one, left, other, left))
        #expect(cosine(one, right, other, left) > cosine(one, right, other, right))
    }

    /// The last map's means are the pooled features, of which there are goldens.
    @Test func tellsOfTheMapThatIsAveraged() throws {
        let choice = try #require(ModelChoice("mobilenet-v2-deepsort").placeTeller)
        let photo = PixelImage.pattern(224, seed: 1)
        let map = try installedStore.embedder(for: choice).embed([photo])[0].values
        let pooled = try installedStore.embedder(for: ModelChoice("mobilenet-v2-deepsort", features: .pooled)).embed([
            photo
        ])[0]
        let means = stride(from: 0, to: map.count, by: 49).map { map[$0..<$0 + 49].reduce(0, +) / 49 }
        #expect(Embedding(means).difference(pooled) < 1e-4)
    }

    @Test func readsTheTokensAndMapsOfForeignNetworks() throws {
        let encoders = goldens.appending("encoders")
        var card = ModelCard()
        (card.size, card.mean, card.scale) = (16, [0.5], [0.5])
        let tokens = try ModelChoice(encoders.appending("tokens.onnx").string, card: card)
        let map = try ModelChoice(encoders.appending("map.onnx").string)
        for choice in [tokens, map] {
            let photos = [PixelImage.pattern(16, seed: 5), .pattern(16, seed: 6), .pattern(16, seed: 5)]
            let grids = try teller(choice).patches(of: photos.map { FramedPhoto([$0]) })
            #expect(grids.count == 3 && grids[0] == grids[2] && grids[0] != grids[1])
            #expect(try #require(grids[0]).side > 1)
        }
        #expect(try ModelChoice(encoders.appending("clip.onnx").string).placeTeller == nil)
    }

    @Test func takesOnlyTheChoiceOfItsOwn() throws {
        let choice = try ModelChoice("mobilenet-v2-deepsort")
        #expect(PlaceTeller(try installedStore.embedder(for: choice), of: choice) == nil)
    }
}
