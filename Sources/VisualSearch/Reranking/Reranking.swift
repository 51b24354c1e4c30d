/// What the nearest photos are ranked by once more.
public struct Reranking: Sendable, Hashable {
    /// Compares two photos by more than their embeddings.
    public enum Measure: String, Sendable, Hashable, CaseIterable {
        /// The earth mover's distance of the garments' colours (`ColourSignature`).
        case colours
        /// The earth mover's distance of what is in the photos' places (`PatchVectors.transportSimilarity`).
        case patches
        /// Each place by the one of the other photo that is most like it (`PatchVectors.maximumSimilarity`).
        case bestPatches
    }

    /// How much of the similarity each measure has, from 0 to 1 and together at most 1; the rest is what it was before.
    public let shares: [Measure: Float]

    /// Traps for shares below 0, and such as are more than 1 together.
    public init(shares: [Measure: Float]) {
        precondition(shares.values.allSatisfy { $0 >= 0 } && shares.values.reduce(0, +) <= 1.0001)
        self.shares = shares
    }

    /// By one measure.
    public init(_ measure: Measure, share: Float) { self.init(shares: [measure: share]) }

    /// Together, and in their order.
    var measures: [(measure: Measure, share: Float)] {
        Measure.allCases.compactMap { measure in shares[measure].map { (measure, $0) } }
    }

    /// What of the similarity stays as it was.
    var kept: Float { max(0, 1 - shares.values.reduce(0, +)) }

    var needsPlaces: Bool { shares[.patches] != nil || shares[.bestPatches] != nil }
    var needsColours: Bool { shares[.colours] != nil }
}
