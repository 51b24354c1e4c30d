import Foundation

/// What labels say of the ranking that one query got.
public struct Judgement: Sendable, Hashable, Codable {
    /// Whether each that was found is relevant, the nearest first.
    public let isRelevant: [Bool]
    /// How many relevant ones there are, found or not.
    public let relevantCount: Int

    /// Traps where more relevant ones were found than there are, or there are none.
    public init(_ isRelevant: [Bool], of relevantCount: Int) {
        precondition(relevantCount > 0 && isRelevant.count { $0 } <= relevantCount)
        self.isRelevant = isRelevant
        self.relevantCount = relevantCount
    }

    /// Whether one of the first is relevant.
    public func hasHit(within depth: Int) -> Bool { isRelevant.prefix(depth).contains(true) }

    /// The share of the first that are relevant; where fewer were found, the rest are not.
    public func precision(at depth: Int) -> Double {
        Double(isRelevant.prefix(depth).count { $0 }) / Double(depth)
    }

    /// The mean of the precisions at each relevant one of the first, of which there could be `depth` or as many as there
    /// are (Manning et al. 2008, section 8.4).
    public func averagePrecision(within depth: Int = .max) -> Double {
        var (found, sum) = (0, 0.0)
        for (rank, isRelevant) in zip(1..., isRelevant.prefix(depth)) where isRelevant {
            found += 1
            sum += Double(found) / Double(rank)
        }
        return sum / Double(min(depth, relevantCount))
    }

    /// The discounted gain of the first, of what the best order would have (nDCG; Järvelin & Kekäläinen 2002): relevant ones
    /// count 1, those behind the first place less and less.
    public func normalizedGain(within depth: Int) -> Double {
        func discount(_ rank: Int) -> Double { 1 / log2(Double(rank) + 1) }
        let gain = zip(1..., isRelevant.prefix(depth)).reduce(0) { $1.1 ? $0 + discount($1.0) : $0 }
        return gain / (1...min(depth, relevantCount)).reduce(0) { $0 + discount($1) }
    }
}
