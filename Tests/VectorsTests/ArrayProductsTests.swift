import Testing

@testable import Vectors

@Suite struct ArrayProductsTests {
    /// As long as loops that take many numbers at once, and longer by those that are left.
    @Test(arguments: [1, 3, 16, 63, 64, 65, 200])
    func isTheSumOfTheProductsOfNumbers(count: Int) {
        let (left, right) = ((0..<count).map { Float($0 % 7) - 3 }, (0..<count).map { Float($0 % 5) - 2 })
        let expected = zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(left.product(with: right) == expected)
        #expect(left[...].product(with: right.reversed()) == left.product(with: Array(right.reversed())))
    }

    @Test func isNothingOfNoNumbers() {
        #expect([Float]().product(with: []) == 0)
    }

    @Test func takesARowAtATime() {
        #expect([Float(1), 2].products(withRows: [1, 0, 0, 1, 3, -1]) == [1, 2, 1])
    }
}
