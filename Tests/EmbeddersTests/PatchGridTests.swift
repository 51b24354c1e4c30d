import Embedders
import Testing

@Suite struct PatchGridTests {
    @Test func isTheSameFromItsNumbers() throws {
        let numbers = (0..<9 * PatchGrid.dimension).map { Int8($0 % 128) }
        let grid = try #require(PatchGrid(numbers: numbers))
        #expect(grid.side == 3 && grid.numbers == numbers)
    }

    @Test(arguments: [0, 1, PatchGrid.dimension - 1, 2 * PatchGrid.dimension, 4 * PatchGrid.dimension + 1])
    func takesNumbersOfASquareOnly(count: Int) {
        #expect(PatchGrid(numbers: [Int8](repeating: 1, count: count)) == nil)
    }
}
