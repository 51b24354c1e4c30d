import Testing

@testable import Imaging

@Suite struct GarmentMaskTests {
    private let side = GarmentMask.side

    private func mask(_ columns: Range<Int>, _ rows: Range<Int>) -> GarmentMask {
        GarmentMask(
            of: (0..<side * side).map { columns.contains($0 % side) && rows.contains($0 / side) ? 0.9 : 0.1 })
    }

    @Test func stretchesFromTheLeastSureToTheSurest() {
        let mask = mask(10..<20, 5..<60)
        #expect(Set(mask.levels) == [0, 255])
        #expect(mask.extent?.columns == 10...19 && mask.extent?.rows == 5...59)
        #expect(abs(mask.coverage - 550.0 / 4096) < 1e-9)
    }

    @Test func takesTheMeanOfThePlacesOfALargerPicture() {
        let large = (0..<4 * side * side).map { Float($0 % 2) * ($0 < 2 * side * side ? 1 : 0.5) }
        let levels = GarmentMask(of: large).levels
        #expect(levels.prefix(side * side / 2).allSatisfy { $0 == 128 } && levels.last == 64)
    }

    @Test func isTheSameFromItsLevels() {
        let mask = mask(3..<9, 3..<30)
        #expect(GarmentMask(levels: mask.levels) == mask)
        #expect(GarmentMask(levels: []) == nil && GarmentMask(levels: [UInt8](repeating: 0, count: 4095)) == nil)
    }

    @Test func tellsNothingWhereNothingOrAllIsFound() {
        #expect(!mask(0..<2, 0..<2).isTelling && !mask(0..<64, 0..<63).isTelling)
        #expect(mask(10..<40, 10..<50).isTelling)
        // All is equally sure.
        let flat = GarmentMask(of: [Float](repeating: 0.5, count: side * side))
        #expect(!flat.isTelling && flat.extent == nil)
    }

    @Test func tellsNothingOfADetailThatGoesOnBeyondTheEdges() {
        #expect(mask(20..<44, 0..<50).isTelling)
        #expect(!mask(0..<44, 0..<50).isTelling)
    }

    @Test func tellsNothingWhereLittleIsSure() {
        let vague = (0..<side * side).map { place in
            (8..<56).contains(place % side) && (8..<56).contains(place / side) ? Float(place % 3) / 2 : 0
        }
        #expect(!GarmentMask(of: vague).isTelling)
    }
}
