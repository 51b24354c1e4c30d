/// How alike two embeddings are.
public enum Metric: String, Sendable, Hashable, Codable, CaseIterable {
    /// The cosine of the angle between them: from -1 to 1, the same direction being 1. An embedding of zeros has no
    /// direction, and 0 with all others.
    case cosine
    /// One divided by one plus their Euclidean distance: above 0 and up to 1, the same point being 1.
    case euclidean
    /// The sum of the products of their numbers: any number, and the more the longer they are.
    case dot

    /// What people are shown, out of the number that neighbours are ordered by.
    func similarity(ofScore score: Double) -> Double {
        self == .euclidean ? 1 / (1 + (-score).squareRoot()) : score
    }
}
