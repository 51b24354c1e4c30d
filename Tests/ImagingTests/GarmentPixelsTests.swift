import Imaging
import Testing

@Suite struct GarmentPixelsTests {
    private func picture(_ garment: Int, on background: Int) -> PixelImage {
        PixelImage(40, 40) { x, y, _ in (10..<30).contains(x) && (10..<30).contains(y) ? garment : background }
    }

    private func share(ofGarmentIn picture: PixelImage) -> Float {
        let weights = GarmentPixels(of: picture).weights
        let inner = weights.indices.filter { (10..<30).contains($0 % 40) && (10..<30).contains($0 / 40) }
        return inner.reduce(0) { $0 + weights[$1] } / weights.reduce(0, +)
    }

    @Test func areThoseUnlikeTheEdges() {
        #expect(share(ofGarmentIn: picture(30, on: 240)) > 0.99)
        #expect(share(ofGarmentIn: picture(240, on: 30)) > 0.99)
    }

    /// Nothing tells them from the background but that they are in the middle.
    @Test func areThoseInTheMiddleWhereNothingElseTells() {
        let share = share(ofGarmentIn: picture(250, on: 250))
        #expect(share > 0.35 && share < 0.6)
    }

    @Test func areOneEachOfPicturesWithoutAnInside() {
        for side in 1...2 {
            let pixels = GarmentPixels(of: .grey(90, side, side))
            #expect(pixels.colours.count == side * side && pixels.weights.allSatisfy { $0 > 0 && $0 <= 1 })
        }
    }
}
