import TestSupport
import Testing

@testable import Imaging

@Suite struct PixelImageAlteringTests {
    private func noise(_ width: Int, _ height: Int) -> PixelImage {
        var random = SeededRandom(seed: UInt64(width * height))
        let pixels = (0..<width * height * 3).map { _ in UInt8.random(in: 0...255, using: &random) }
        return PixelImage(width: width, height: height, pixels: pixels)
    }

    private func plain(_ levels: [UInt8], _ width: Int, _ height: Int) -> PixelImage {
        PixelImage(width: width, height: height, pixels: (0..<width * height).flatMap { _ in levels })
    }

    @Test func cropsByShares() {
        let image = PixelImage(width: 4, height: 2, pixels: (0..<24).map { UInt8($0) })
        let part = image.cropped(left: 0.25, top: 0.5, right: 0.25)
        #expect(part == PixelImage(width: 2, height: 1, pixels: [15, 16, 17, 18, 19, 20]))
        #expect(image.cropped() == image)
        #expect(image.cropped(left: 1, bottom: 1).size == ImageSize(width: 1, height: 1))
        #expect(image.cropped(left: 0.7, right: 0.7).width == 1)
    }

    @Test(arguments: [(1, 1), (2, 3), (7, 5)])
    func mirrorsTwiceToTheSame(width: Int, height: Int) {
        let image = noise(width, height)
        #expect(image.mirrored.mirrored == image)
        #expect((image.mirrored == image) == (width == 1))
    }

    @Test func turnsAFullCircleAndAHalfOne() {
        let image = noise(9, 6)
        #expect(image.rotated(degrees: 0) == image)
        #expect(image.rotated(degrees: 360) == image)
        #expect(image.rotated(degrees: 180).rotated(degrees: 180) == image)
        #expect(image.rotated(degrees: 180).pixels.prefix(3) == image.pixels.suffix(3))
    }

    @Test func turnsClockwise() {
        // Black at the left edge of a white square goes to the top.
        let pixels = (0..<25).flatMap { [UInt8](repeating: $0 % 5 == 0 ? 0 : 255, count: 3) }
        let turned = PixelImage(width: 5, height: 5, pixels: pixels).rotated(degrees: 90)
        #expect(turned.pixels.prefix(15).allSatisfy { $0 == 0 } && turned.pixels.suffix(60).allSatisfy { $0 == 255 })
    }

    @Test func keepsGreysInOtherColours() {
        #expect(plain([77, 77, 77], 3, 2).recoloured(degrees: 123) == plain([77, 77, 77], 3, 2))
        #expect(plain([200, 50, 50], 1, 1).recoloured(degrees: 120).pixels == [50, 200, 50])
        #expect(plain([200, 50, 50], 1, 1).recoloured(degrees: 240).pixels == [50, 50, 200])
        #expect(noise(4, 4).recoloured(degrees: 360) == noise(4, 4))
    }

    @Test func changesLevels() {
        #expect(plain([100, 200, 3], 2, 2).exposed(by: 0.5) == plain([50, 100, 2], 2, 2))
        #expect(plain([100, 200, 3], 2, 2).exposed(by: 2) == plain([200, 255, 6], 2, 2))
    }

    @Test func blursDetails() {
        let image = noise(40, 40)
        func spread(_ image: PixelImage) -> Int { image.pixels.map { abs(Int($0) - 128) }.reduce(0, +) }
        #expect(image.blurred(by: 4).size == image.size && spread(image.blurred(by: 4)) * 2 < spread(image))
        #expect(plain([9, 8, 7], 5, 5).blurred(by: 4) == plain([9, 8, 7], 5, 5))
        #expect(noise(2, 2).blurred(by: 10).size == ImageSize(width: 2, height: 2))
    }

    @Test func coversAPart() {
        let covered = plain([0, 0, 0], 10, 10).covered(left: 0.2, top: 0.5, right: 0.3, bottom: 0)
        #expect(covered.pixels.count { $0 == 128 } == 5 * 5 * 3)
    }

    @Test func laysOnAColour() {
        let laid = plain([0, 0, 0], 10, 20).laid(on: .white, scale: 0.5)
        #expect(laid.size == ImageSize(width: 10, height: 20))
        #expect(laid.pixels.count { $0 == 0 } == 5 * 10 * 3)
    }
}
