import Imaging
import Testing

@testable import Embedders

@Suite struct ColourHistogramTests {
    @Test(arguments: [(0, 0, 0), (255, 255, 255), (255, 0, 0), (255, 0, 1), (0, 255, 0), (0, 0, 255), (255, 255, 0)])
    func putsOneColourIntoOnePlace(red: UInt8, green: UInt8, blue: UInt8) {
        let values = ColourHistogram.values(of: .flat(red, green, blue, side: 4))
        #expect(values.count == ColourHistogram.count)
        #expect(values.filter { $0 != 0 } == [1])
    }

    @Test func tellsHuesApart() {
        let colours: [(UInt8, UInt8, UInt8)] = [
            (255, 0, 0), (255, 128, 0), (255, 255, 0), (0, 255, 0), (0, 255, 255), (0, 0, 255), (255, 0, 255),
            (0, 0, 0),
        ]
        let places = colours.map { ColourHistogram.values(of: .flat($0.0, $0.1, $0.2, side: 2)).firstIndex(of: 1) }
        #expect(Set(places).count == colours.count)
    }

    @Test func comparesByTheSharesInCommon() {
        let half = PixelImage(4, 4) { x, _, channel in x < 2 && channel == 0 ? 255 : 0 }
        let (values, red) = (ColourHistogram.values(of: half), ColourHistogram.values(of: .flat(255, 0, 0, side: 4)))
        #expect(abs(zip(values, red).reduce(0) { $0 + $1.0 * $1.1 } - Float(0.5).squareRoot()) < 1e-6)
    }
}
