/// A mean, and how far it may be off because other queries could have been asked.
public struct Estimate: Sendable, Hashable, Codable {
    /// The mean of the sample; 0 where there is none.
    public let mean: Double
    /// The lower end of the 95 % interval.
    public let lower: Double
    /// The upper end of the 95 % interval.
    public let upper: Double

    private static let resamples = 2000

    /// One that was made before.
    package init(mean: Double, lower: Double, upper: Double) {
        (self.mean, self.lower, self.upper) = (mean, lower, upper)
    }

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
