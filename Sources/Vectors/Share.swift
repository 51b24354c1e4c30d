/// One of equal parts of something that several tasks divide among them.
struct Share: Sendable {
    let number: Int
    let count: Int

    static let whole = Share(number: 0, count: 1)

    /// The part of so many pieces, each of which has a size.
    func part(of pieces: Int, each size: Int) -> Range<Int> {
        pieces * number / count * size..<pieces * (number + 1) / count * size
    }
}
