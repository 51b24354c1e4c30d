import Imaging
import Testing
import Vectors

@testable import Embedders

@Suite struct GarmentColoursTests {
    /// A square in the middle of a background.
    private func garment(_ colour: [Int], on background: [Int]) -> PixelImage {
        PixelImage(64, 64) { x, y, channel in
            let isGarment = (12..<52).contains(x) && (12..<52).contains(y)
            return (isGarment ? colour : background)[channel]
        }
    }

    private let red = [180, 20, 40]
    private let blue = [20, 40, 180]
    private let white = [250, 250, 250]
    private let beige = [220, 200, 170]

    private func cosine(_ left: PixelImage, _ right: PixelImage) -> Double {
        GarmentColours.values(of: left).cosine(GarmentColours.values(of: right))
    }

    @Test func knowsAGarmentOnAnotherBackground() {
        #expect(cosine(garment(red, on: white), garment(red, on: beige)) > 0.9)
        #expect(cosine(garment(red, on: white), garment(blue, on: white)) < 0.3)
    }

    @Test(arguments: [("#b41428", [180, 20, 40]), ("#1428b4", [20, 40, 180]), ("#dcc8aa", [220, 200, 170])])
    func aColourIsMostLikeGarmentsThatHaveIt(name: String, levels: [Int]) throws {
        let colour = Embedding(GarmentColour(try #require(OKLab(named: name))).values)
        let garments = [red, blue, beige].map {
            GarmentColours.values(of: garment($0, on: [10, 200, 10])).cosine(colour)
        }
        #expect(garments[try #require([red, blue, beige].firstIndex(of: levels))] == garments.max())
        #expect(abs(colour.values.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }

    @Test func seesWhiteOnWhite() {
        #expect(cosine(garment(white, on: white), garment([245, 245, 245], on: [251, 251, 251])) > 0.9)
        #expect(abs(GarmentColours.values(of: garment(white, on: white)).values.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }
}
