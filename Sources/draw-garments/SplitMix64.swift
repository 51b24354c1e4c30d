/// Sebastiano Vigna's SplitMix64: the same seed gives the same garments on every machine.
///
/// The choices below are spelt out because the standard library's may change from one release to the next.
struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func number(_ low: Double, _ high: Double) -> Double {
        low + (high - low) * Double(next() >> 11) / 9_007_199_254_740_992
    }

    mutating func index(below count: Int) -> Int {
        Int(next() % UInt64(count))
    }

    mutating func chance(_ probability: Double) -> Bool {
        number(0, 1) < probability
    }

    mutating func pick<Choices: RandomAccessCollection>(_ choices: Choices) -> Choices.Element {
        choices[choices.index(choices.startIndex, offsetBy: index(below: choices.count))]
    }

    /// Fisher and Yates's shuffle.
    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var shuffled = elements
        for last in shuffled.indices.dropFirst().reversed() {
            shuffled.swapAt(last, index(below: last + 1))
        }
        return shuffled
    }

    /// A generator of its own for one part, so that a change there leaves all others as they were.
    mutating func branch() -> SplitMix64 {
        SplitMix64(seed: next())
    }
}
