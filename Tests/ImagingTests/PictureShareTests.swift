import Imaging
import Testing

@Suite struct PictureShareTests {
    private func spec(_ framing: Framing, crop: CentreCrop = .beforeResizing) -> InputSpec {
        InputSpec(side: 32, framing: framing, crop: crop, filter: .triangle, mean: [0, 0, 0], scale: [1, 1, 1])
    }

    private func expect(_ share: PictureShare, _ left: Double, _ top: Double, _ width: Double, _ height: Double) {
        #expect(abs(share.left - left) < 1e-9 && abs(share.top - top) < 1e-9)
        #expect(abs(share.width - width) < 1e-9 && abs(share.height - height) < 1e-9)
    }

    @Test func squaresOfASquashedPhotoAreItsParts() {
        let size = ImageSize(width: 400, height: 100)
        expect(spec(.squash).share(of: 0, amongEach: 4, of: size), 0, 0, 0.25, 0.25)
        expect(spec(.squash).share(of: 7, amongEach: 4, of: size), 0.75, 0.25, 0.25, 0.25)
    }

    /// The middle 64 of 128 by 256.
    @Test func squaresOfTheMiddleLieInTheMiddle() {
        let size = ImageSize(width: 128, height: 256)
        expect(spec(.centreCrop).share(of: 0, amongEach: 2, of: size), 0.25, 0.375, 0.25, 0.125)
        expect(spec(.centreCrop).share(of: 3, amongEach: 2, of: size), 0.5, 0.5, 0.25, 0.125)
        let resized = spec(.centreCrop, crop: .afterResizing(toShortSide: 64))
        expect(resized.share(of: 0, amongEach: 1, of: size), 0.25, 0.375, 0.5, 0.25)
    }

    @Test func besideALetterboxedPhotoThereIsNothing() {
        let size = ImageSize(width: 64, height: 32)
        expect(spec(.letterbox).share(of: 0, amongEach: 4, of: size), 0, 0, 0.25, 0)
        expect(spec(.letterbox).share(of: 4, amongEach: 4, of: size), 0, 0, 0.25, 0.5)
        expect(spec(.letterbox).share(of: 11, amongEach: 4, of: size), 0.75, 0.5, 0.25, 0.5)
    }
}
