/// A mean, and how far it may be off because other queries could have been asked.
public struct Estimate: Sendable, Hashable, Codable {
    /// The mean of the sample; 0 where there is none.
    public let mean: Double
    /// The lower end of the 95 % interval.
    public let lower: Double
    /// The upper end of the 95 % interval.
    public let upper: Double

    private static let resamples = 2000

    /// By the percentile bootstrap (Efron 1979), whose random numbers are the same each time.
    public init(_ sample: [Double]) {
        guard !sample.isEmpty else {
            (mean, lower, upper) = (0, 0, 0)
            return
        }
        var random = LinearCongruence(seed: UInt64(sample.count))
        let means = (0..<Self.resamples).map { _ in
            var sum = 0.0
            for _ in sample { sum += sample[Int.random(in: 0..<sample.count, using: &random)] }
            return sum / Double(sample.count)
        }.sorted()
        mean = sample.reduce(0, +) / Double(sample.count)
        lower = means[Self.resamples * 25 / 1000]
        upper = means[Self.resamples * 975 / 1000 - 1]
    }
}

/// Random numbers that are the same everywhere (Knuth 1997, section 3.3.4; the output mixed as in PCG, O'Neill 2014).
private struct LinearCongruence: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let mixed = (state >> ((state >> 59) + 5)) ^ state
        return mixed &* 12_605_985_483_714_917_081
    }
}
