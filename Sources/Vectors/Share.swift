/// One of equal parts of something that several tasks divide among them.
struct Share: Sendable {
    let number: Int
    let count: Int

    static let whole = Share(number: 0, count: 1)

    /// The part of a range of pieces, each of which has a size.
    func part(of range: Range<Int>, each size: Int = 1) -> Range<Int> {
        let pieces = range.count / size
        let start = range.lowerBound
        return start + pieces * number / count * size..<start + pieces * (number + 1) / count * size
    }
}
