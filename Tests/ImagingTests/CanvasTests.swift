import Testing

@testable import Imaging

@Suite struct CanvasTests {
    private let picture = PixelImage.grey(0, 3, 2)

    @Test(arguments: [
        (0, 0, 6), (4, 3, 1), (-1, 0, 4), (-2, -1, 1), (3, 0, 4), (0, 3, 3), (5, 0, 0), (-3, 0, 0), (0, -2, 0),
        (0, 4, 0),
        (1000, 1000, 0), (-1000, -1000, 0),
    ])
    func cutsOffWhatFallsBeyondItsEdges(left: Int, top: Int, count: Int) {
        var canvas = Canvas(size: ImageSize(width: 5, height: 4), background: .white)
        canvas.draw(picture, left: left, top: top)
        #expect(darkPixels(of: canvas.image) == count)
    }

    @Test func cutsOffLettersToo() {
        var canvas = Canvas(size: ImageSize(width: 5, height: 4), background: .white)
        let mask = Mask(size: ImageSize(width: 3, height: 2), coverage: [255, 255, 255, 255, 255, 255])
        for (left, top) in [(4, 3), (-2, -1), (9, 9), (-9, -9)] {
            canvas.draw(mask, in: Colour(red: 0, green: 0, blue: 0), left: left, top: top)
        }
        #expect(darkPixels(of: canvas.image) == 2)
    }

    @Test func showsAPictureWhereItIsDrawn() {
        var canvas = Canvas(size: ImageSize(width: 4, height: 4), background: .white)
        canvas.draw(.coordinates(3, 2), left: 1, top: 2)
        #expect(canvas.image[1, 2] == [0, 0, 77])
        #expect(canvas.image[3, 3] == [2, 1, 77])
        #expect(canvas.image[0, 2] == [255, 255, 255])
    }

    @Test func mixesColoursByCoverage() {
        var canvas = Canvas(size: ImageSize(width: 3, height: 1), background: Colour(red: 200, green: 100, blue: 0))
        let mask = Mask(size: ImageSize(width: 3, height: 1), coverage: [0, 51, 255])
        canvas.draw(mask, in: Colour(red: 0, green: 200, blue: 100), left: 0, top: 0)
        #expect(canvas.image.pixels == [200, 100, 0, 160, 120, 20, 0, 200, 100])
    }

    private func darkPixels(of image: PixelImage) -> Int { image.pixels.count { $0 == 0 } / PixelImage.channels }
}
