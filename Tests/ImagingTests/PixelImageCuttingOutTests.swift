import Testing

@testable import Imaging

@Suite struct PixelImageCuttingOutTests {
    private let side = GarmentMask.side

    /// Of the middle of a photo.
    private func mask(width: Int = 24, height: Int = 32) throws -> GarmentMask {
        try #require(
            GarmentMask(
                levels: (0..<side * side).map { place in
                    abs(2 * (place % side) + 1 - side) < width && abs(2 * (place / side) + 1 - side) < height ? 255 : 0
                }))
    }

    @Test func isInTheMiddleOfAWhiteSquareThatIsALittleLarger() throws {
        let photo = PixelImage.grey(40, 128, 256)
        let garment = photo.cutOut(by: try mask())
        // The garment is 32 of 64 places high, and so 128 pixels.
        #expect(garment.size == .square(154))
        #expect(garment.level(77, 77) == 40 && garment.level(2, 77) == 255 && garment.level(77, 2) == 255)
        #expect(garment.level(77, 20) == 40 && garment.level(77, 133) == 40)
    }

    @Test func comesToTheMiddleFromWhereverItIs() throws {
        let levels = (0..<side * side).map { UInt8($0 % side < 24 && (20..<44).contains($0 / side) ? 255 : 0) }
        let garment = PixelImage.grey(40, 64, 64).cutOut(by: try #require(GarmentMask(levels: levels)))
        #expect(garment.size == .square(29))
        #expect(garment.level(14, 14) == 40 && garment.level(1, 14) == 255 && garment.level(27, 14) == 255)
    }

    @Test func isTheWholePhotoWhereTheMaskTellsNothing() throws {
        let photo = PixelImage.grey(90, 30, 20)
        #expect(photo.cutOut(by: try mask(width: 0, height: 0)) == photo)
        #expect(photo.cutOut(by: try mask(width: 64, height: 64)) == photo)
    }
}

@Suite struct PlainGroundTests {
    private func photo(_ ground: (_ x: Int, _ y: Int) -> Int) -> PixelImage {
        PixelImage(100, 80) { x, y, _ in (30..<70).contains(x) && (20..<60).contains(y) ? 30 : ground(x, y) }
    }

    @Test func isOneColourNearlyEverywhere() {
        #expect(photo { _, _ in 240 }.hasPlainGround)
        #expect(photo { x, _ in 230 + x / 10 }.hasPlainGround)
        // Something reaches the edge, as a hanger does.
        #expect(photo { x, y in (48..<52).contains(x) && y < 20 ? 90 : 240 }.hasPlainGround)
    }

    @Test func isNotWhereMoreIsThere() {
        #expect(!photo { x, _ in x < 40 ? 240 : 120 }.hasPlainGround)
        #expect(!photo { x, y in (x / 20 + y / 20) % 2 == 0 ? 200 : 60 }.hasPlainGround)
    }
}

extension PixelImage {
    fileprivate func level(_ x: Int, _ y: Int) -> UInt8 { pixels[(y * width + x) * Self.channels] }
}
