import Embedders
import Testing

@testable import VisualSearch

/// How catalogues keep types of garments.
@Suite struct TypeNumbersTests {
    /// Catalogues have them, so that a new type takes a new number.
    @Test func stayForEver() {
        let types: [GarmentType] = [
            .dress, .hat, .longsleeve, .outwear, .pants, .shirt, .shoes, .shorts, .skirt, .tShirt,
        ]
        for (number, type) in types.enumerated() { #expect(type.number == number) }
    }

    @Test(arguments: GarmentType.allCases)
    func areReadAsTheyAreWritten(type: GarmentType) {
        #expect(GarmentType(number: type.number) == type)
    }

    @Test(arguments: [-1, 100] as [Int16])
    func mayBeThoseOfALaterVersion(number: Int16) {
        #expect(GarmentType(number: number) == nil)
    }
}
