import Vectors

/// How probable it is that one way is no better than another and looks as much better as it does: Fisher's randomization test of paired
/// differences, whose signs are as probable one way as the other where nothing is better (Smucker et al. 2007).
///
/// Right for few and skewed differences, too, of which a bootstrap is too sure.
public struct Randomization: Sendable, Hashable {
    /// From 0 to 1; 1 without differences.
    public let chance: Double

    private static let trials = 10_000

    /// Of what the first way has more than the second, of independent queries or groups of them. The random numbers are the same each
    /// time.
    public init(of differences: [Double]) {
        guard !differences.isEmpty else {
            chance = 1
            return
        }
        let observed = differences.reduce(0, +)
        var random = LinearCongruence(seed: UInt64(differences.count))
        let asGreat = (0..<Self.trials).count { _ in
            var sum = 0.0
            for difference in differences { sum += random.next() >> 63 == 0 ? difference : -difference }
            return sum >= observed - 1e-12
        }
        // The differences as they are, are one of the ways that they could be.
        chance = Double(asGreat + 1) / Double(Self.trials + 1)
    }
}
