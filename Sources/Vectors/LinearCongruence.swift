/// Random numbers that are the same everywhere (Knuth 1997, section 3.3.4; the output mixed as in PCG, O'Neill 2014).
public struct LinearCongruence: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The same seed gives the same numbers.
    public init(seed: UInt64) { state = seed }

    /// Any number of 64 bits.
    public mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let mixed = (state >> ((state >> 59) + 5)) ^ state
        return mixed &* 12_605_985_483_714_917_081
    }
}
