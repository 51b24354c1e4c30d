import Testing

@testable import Vectors

@Suite struct ShareTests {
    @Test(arguments: [0..<0, 0..<16, 32..<48, 16..<160, 64..<1664], [1, 2, 3, 7, 200])
    func areThePartsOfAWhole(range: Range<Int>, count: Int) {
        let parts = (0..<count).map { Share(number: $0, count: count).part(of: range, each: 16) }
        #expect(parts.first?.lowerBound == range.lowerBound)
        #expect(parts.last?.upperBound == range.upperBound)
        #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
        #expect(parts.allSatisfy { ($0.lowerBound - range.lowerBound) % 16 == 0 && $0.count % 16 == 0 })
        let sizes = parts.map(\.count)
        #expect(sizes.max()! - sizes.min()! <= 16)
    }

    @Test func areOneWhole() {
        #expect(Share.whole.part(of: 3..<10) == 3..<10)
    }
}
