// How alike two photos are by what is in their places: from -1 to 1, and 1 for the same places in any order.
extension PatchVectors {
    /// What it costs to make a photo's places the other's, where they count as much as they are of both photos, and the
    /// ground distance is 1 less the cosine (Zhao et al. 2021, section 3.2).
    public func transport(to other: PatchVectors) -> TransportProblem {
        TransportProblem(
            supplies: weights(by: other), demands: other.weights(by: self),
            costs: similarities(with: other).map { Double(max(0, 1 - $0)) })
    }

    /// 1 less the earth mover's distance, or rather what is nearly that (`TransportProblem.nearlySolved`).
    public func transportSimilarity(to other: PatchVectors) -> Double {
        1 - transport(to: other).nearlySolved(iterations: Self.iterations).cost
    }

    /// Twice as many rank no more as the exact distance does (`Benchmarks/Sources/reranking`).
    private static let iterations = 30

    /// Each place by the one of the other photo that is most like it: their mean, over the places of both photos (Khattab &
    /// Zaharia 2020, “ColBERT”, section 3.3, both ways).
    public func maximumSimilarity(to other: PatchVectors) -> Double {
        let similarities = similarities(with: other)
        var (own, others) = ([Float](repeating: -1, count: count), [Float](repeating: -1, count: other.count))
        for row in own.indices {
            for column in others.indices {
                let similarity = similarities[row * others.count + column]
                own[row] = max(own[row], similarity)
                others[column] = max(others[column], similarity)
            }
        }
        return (own.mean + others.mean) / 2
    }
}

extension [Float] {
    fileprivate var mean: Double { Double(reduce(0, +)) / Double(count) }
}
