import Imaging
import Testing

@testable import Embedders

@Suite struct EdgeHistogramTests {
    private func stripes(across: Bool, _ bright: Int) -> PixelImage {
        PixelImage(64, 64) { x, y, _ in (across ? x : y) % 16 < 8 ? bright : 255 - bright }
    }

    /// A bar's two edges run the same way, and so do those of its negative.
    @Test(arguments: [true, false])
    func overlooksWhichSideOfAnEdgeIsBright(across: Bool) {
        let (values, negative) = (
            EdgeHistogram.values(of: stripes(across: across, 20)),
            EdgeHistogram.values(of: stripes(across: across, 235))
        )
        #expect(zip(values, negative).allSatisfy { abs($0 - $1) < 1e-5 })
        let used = Set(values.indices.filter { values[$0] > 0 }.map { $0 % 8 })
        #expect(used == [across ? 0 : 4])
    }

    @Test func tellsEdgesAcrossFromEdgesDown() {
        let (across, down) = (
            EdgeHistogram.values(of: stripes(across: true, 0)), EdgeHistogram.values(of: stripes(across: false, 0))
        )
        #expect(zip(across, down).reduce(0) { $0 + $1.0 * $1.1 } < 0.01)
    }

    @Test func hasLengthOneUnlessThereAreNoEdges() {
        let length = EdgeHistogram.values(of: stripes(across: true, 0)).reduce(0) { $0 + $1 * $1 }
        #expect(abs(length - 1) < 1e-5)
        #expect(EdgeHistogram.values(of: .flat(9, 9, 9)).allSatisfy { $0 == 0 })
    }
}
