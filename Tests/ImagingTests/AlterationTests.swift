import TestSupport
import Testing

@testable import Imaging

@Suite struct AlterationTests {
    private let photo = AlterationTests.noise(60)

    private static func noise(_ side: Int) -> PixelImage {
        var random = SeededRandom(seed: 3)
        let pixels = (0..<side * side * 3).map { _ in UInt8.random(in: 0...255, using: &random) }
        return PixelImage(width: side, height: side, pixels: pixels)
    }

    private func alteration(_ seed: UInt64) -> Alteration {
        var random = SeededRandom(seed: seed)
        return Alteration(using: &random)
    }

    private func input(_ framing: Framing) -> InputSpec {
        InputSpec(side: 24, framing: framing, filter: .triangle, mean: [0, 0, 0], scale: [1, 1, 1])
    }

    @Test(arguments: Framing.allCases)
    func makesWhatANetworkTakes(framing: Framing) {
        for seed in 0..<20 {
            let picture = alteration(UInt64(seed)).picture(of: photo, for: input(framing))
            #expect(picture.size == .square(24))
        }
    }

    @Test func isTheSameOfTheSameDraw() {
        #expect(alteration(1) == alteration(1) && alteration(1) != alteration(2))
        #expect(alteration(1).picture(of: photo) == alteration(1).picture(of: photo))
    }

    /// No garment changes its colour.
    @Test func keepsGreysGreyAndTheOrderOfColours() {
        for seed in 0..<20 {
            let grey = PixelImage(width: 8, height: 8, pixels: [UInt8](repeating: 100, count: 192))
            let relit = alteration(UInt64(seed)).picture(of: grey)
            let levels = Set(relit.pixels)
            #expect(levels.count == 1 && (40...190).contains(Int(relit.pixels[0])))
            let brown = PixelImage(width: 8, height: 8, pixels: (0..<64).flatMap { _ in [150, 100, 60] as [UInt8] })
            let pixel = alteration(UInt64(seed)).picture(of: brown).pixels
            #expect(pixel[0] > pixel[1] && pixel[1] > pixel[2])
        }
    }

    @Test func showsAtLeastHalfOfThePhoto() {
        for seed in 0..<50 {
            let part = alteration(UInt64(seed)).picture(of: AlterationTests.noise(200))
            #expect(Double(part.size.area) > 0.49 * 40_000 && part.width <= 200 && part.height <= 200)
        }
    }

    @Test func turnsSomeOfThemRound() {
        // Dark at the left, light at the right: cropping keeps that, and only a mirror turns it round.
        let slope = PixelImage(width: 50, height: 4, pixels: (0..<600).map { UInt8(60 + 2 * ($0 / 3 % 50)) })
        let rising = (0..<40).count { seed in
            let part = alteration(UInt64(seed)).picture(of: slope)
            return part.pixels[0] < part.pixels[(part.width - 1) * 3]
        }
        #expect((8...32).contains(rising))
    }

    /// What is left of a photo is at least as large as the input.
    @Test(arguments: [(100, 24), (4000, 224), (240, 224), (1, 24)])
    func isDecodedNoSmallerThanNeeded(short: Int, side: Int) {
        let input = InputSpec(side: side, framing: .squash, filter: .triangle, mean: [0, 0, 0], scale: [1, 1, 1])
        let factor = Alteration.reduction(of: ImageSize(width: short, height: 2 * short), for: input)
        #expect(factor <= 1 || Double(short) / Double(factor) * 0.5.squareRoot() >= Double(side))
    }
}
