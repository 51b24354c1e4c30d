/// Which parts of two photos are alike: the earth mover's distance of what a network sees in each of their places (Zhao et al.
/// 2021, “Towards Interpretable Deep Metric Learning with Structural Matching”, section 3.2).
///
/// A place counts as much as it is like the other photo as a whole, so that what surrounds a garment counts little.
public struct PatchMatching: Sendable, Hashable {
    /// A place in each of the photos, by their numbers.
    public struct Match: Sendable, Hashable {
        /// In the left photo, from 0.
        public let left: Int
        /// In the right photo, from 0.
        public let right: Int
        /// The cosine of the two: from -1 to 1.
        public let similarity: Double
        /// How much of the photos is matched so: all matches together are 1.
        public let share: Double
    }

    /// 1 less the earth mover's distance, whose ground distance is 1 less the cosine: from -1 to 1, and 1 for the same places in
    /// any order.
    public let similarity: Double
    /// The strongest first: those by which the photos are most alike.
    public let matches: [Match]

    /// Takes vectors of length one and of one dimension, at least one for each photo.
    public init(_ left: [[Float]], _ right: [[Float]]) {
        let similarities = left.flatMap { left in right.map { Self.product(left, $0) } }
        let plan = TransportProblem(
            supplies: Self.weights(of: left, by: right), demands: Self.weights(of: right, by: left),
            costs: similarities.map { max(0, 1 - $0) }
        ).solved()
        similarity = 1 - plan.cost
        matches = plan.flows.enumerated().filter { $0.element > 0 }.map { place, flow in
            Match(
                left: place / right.count, right: place % right.count, similarity: similarities[place], share: flow)
        }.sorted { ($1.share * $1.similarity, $0.left, $0.right) < ($0.share * $0.similarity, $1.left, $1.right) }
    }

    /// By cross-correlation with the mean of the other photo's places, where that is not negative.
    private static func weights(of places: [[Float]], by others: [[Float]]) -> [Double] {
        let mean = others[0].indices.map { number in others.reduce(0) { $0 + $1[number] } / Float(others.count) }
        let weights = places.map { max(0, product($0, mean)) }
        return weights.contains { $0 > 0 } ? weights : weights.map { _ in 1 }
    }

    private static func product(_ left: [Float], _ right: [Float]) -> Double {
        zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
}
