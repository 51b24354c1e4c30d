import Imaging
import Testing

@testable import Embedders

@Suite struct ColourHistogramTests {
    private let histogram = ColourHistogram(hues: 12, saturations: 4, brightnesses: 4)

    @Test(arguments: [(0, 0, 0), (255, 255, 255), (255, 0, 0), (255, 0, 1), (0, 255, 0), (0, 0, 255), (255, 255, 0)])
    func putsOneColourIntoOnePlace(red: UInt8, green: UInt8, blue: UInt8) {
        let values = histogram.shares(of: .flat(red, green, blue, side: 4))
        #expect(values.count == histogram.count && histogram.count == 192)
        #expect(values.filter { $0 != 0 } == [1])
    }

    @Test func tellsHuesApart() {
        let colours: [(UInt8, UInt8, UInt8)] = [
            (255, 0, 0), (255, 128, 0), (255, 255, 0), (0, 255, 0), (0, 255, 255), (0, 0, 255), (255, 0, 255),
            (0, 0, 0),
        ]
        let places = colours.map { histogram.shares(of: .flat($0.0, $0.1, $0.2, side: 2)).firstIndex(of: 1) }
        #expect(Set(places).count == colours.count)
    }

    @Test func countsEachPixelAsMuchAsItsWeight() {
        let half = PixelImage(4, 4) { x, _, channel in x < 2 && channel == 0 ? 255 : 0 }
        #expect(histogram.shares(of: half).filter { $0 > 0 } == [0.5, 0.5])
        let weights = (0..<16).map { Float($0 % 4 < 2 ? 3 : 1) }
        #expect(histogram.shares(of: half, weights: weights).filter { $0 > 0 }.sorted() == [0.25, 0.75])
    }
}
