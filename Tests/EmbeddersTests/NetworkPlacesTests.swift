import Imaging
import Networks
import TestSupport
import Testing
import Vectors

@testable import Embedders

@Suite struct NetworkPlacesTests {
    @Test func areReadOutOfAMap() {
        // Two channels of four places each.
        let places = OutputReading.meanOfPlaces.places(of: [1, 2, 3, 4, 5, 6, 7, 8], dimension: 2)
        #expect(places == PlaceNumbers([1, 5, 2, 6, 3, 7, 4, 8], dimension: 2))
    }

    /// Those of the whole photo come first.
    @Test(arguments: [OutputReading.firstToken, .meanOfTokens], [0, 1, 5])
    func areReadOutOfTokens(reading: OutputReading, before: Int) {
        let tokens = [Float](repeating: -1, count: 2 * before) + (0..<32).map(Float.init)
        #expect(reading.places(of: tokens, dimension: 2) == PlaceNumbers((0..<32).map(Float.init), dimension: 2))
    }

    @Test func areNoneWhereThereIsOnlyTheWhole() {
        #expect(OutputReading.whole.places(of: [1, 2, 3, 4], dimension: 1) == nil)
        #expect(OutputReading.meanOfPlaces.places(of: [1, 2], dimension: 2) == nil)
        #expect(OutputReading.firstToken.places(of: [1, 2, 3, 4], dimension: 2) == nil)
        // Of 4 x 5 and 4 x 6 places.
        #expect(OutputReading.meanOfPlaces.places(of: [Float](repeating: 1, count: 20), dimension: 1) == nil)
        #expect(OutputReading.firstToken.places(of: [Float](repeating: 1, count: 24), dimension: 1) == nil)
    }

    @Test(arguments: [2, 7, 8]) func areAsManyAsInTheMap(side: Int) throws {
        let numbers = (0..<side * side * 3).map { Float($0 % 7) }
        let grid = try #require(PlaceNumbers(numbers, dimension: 3)?.patches)
        #expect(grid.side == side)
        let projected = RandomProjection(from: 3, to: PatchGrid.dimension).applied(to: numbers)
        #expect(grid == PatchGrid(places: projected))
    }

    /// A photo whose left half is one thing and whose right half is another still is that in fewer places.
    @Test(arguments: [16, 14, 37]) func areTheMeansOfNeighboursWhereThereAreMore(side: Int) throws {
        let numbers = (0..<side * side).flatMap { $0 % side < side / 2 ? [2, 0] as [Float] : [0, 3] }
        let grid = try #require(PlaceNumbers(numbers, dimension: 2)?.patches)
        func place(_ row: Int, _ column: Int) -> ArraySlice<Int8> {
            grid.numbers[(row * 8 + column) * PatchGrid.dimension..<(row * 8 + column + 1) * PatchGrid.dimension]
        }
        #expect(grid.side == 8)
        for row in 0..<8 {
            #expect(Array(place(row, 0)) == Array(place(0, 2)))
            #expect(Array(place(row, 7)) == Array(place(0, 5)) && Array(place(row, 0)) != Array(place(row, 7)))
        }
    }

    @Test(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
    func areToldByModelsThatDoNotOnlyTellOfTheWhole() throws {
        #expect(try ModelChoice("efficientnet-lite0").placeTeller == nil && ModelChoice().seesPlaces)
        #expect(try ModelChoice("efficientnet-lite0", features: .pooled).placeTeller?.features == .views)
        for model in ["resnet18", "vgg16", "vgg16-oxford", "inception-v3", "mobilenet-v2-deepsort"] {
            #expect(try ModelChoice(model).placeTeller?.features == .places, "\(model)")
            #expect(try ModelChoice(model, features: .views).placeTeller?.features == .places, "\(model)")
        }
        #expect(try ModelChoice("colour-layout").placeTeller == nil && !ModelChoice("colour-layout").seesPlaces)
    }

    @Test func areNoDescriptionOfAPhoto() {
        #expect(throws: EmbedderError.self) { try ModelChoice("resnet18", features: .places) }
        #expect(throws: EmbedderError.self) { try ModelChoice("resnet18", features: .mask) }
    }
}
