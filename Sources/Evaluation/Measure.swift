/// What rankings are measured by. All measures are 1 at best and 0 at worst.
public enum Measure: String, Sendable, CaseIterable, Codable, CodingKeyRepresentable {
    /// Whether the first that was found is relevant.
    case hitAt1 = "R@1"
    /// Whether one of the first five is.
    case hitAt5 = "R@5"
    /// The share of the first five that are.
    case precisionAt5 = "P@5"
    /// The average precision within the first ten.
    case averagePrecisionAt10 = "mAP@10"
    /// The normalized discounted gain of the first ten.
    case gainAt10 = "nDCG@10"

    /// How many of those that were found any measure looks at.
    public static let depth = 10

    /// What one query's ranking is worth.
    public func value(of judgement: Judgement) -> Double {
        switch self {
        case .hitAt1: judgement.hasHit(within: 1) ? 1 : 0
        case .hitAt5: judgement.hasHit(within: 5) ? 1 : 0
        case .precisionAt5: judgement.precision(at: 5)
        case .averagePrecisionAt10: judgement.averagePrecision(within: 10)
        case .gainAt10: judgement.normalizedGain(within: 10)
        }
    }
}
