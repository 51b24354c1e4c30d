/// Which parts of two photos are alike: the earth mover's distance of what a network sees in each of their places (Zhao et al.
/// 2021, “Towards Interpretable Deep Metric Learning with Structural Matching”, section 3.2).
///
/// A place counts as much as it is like the other photo as a whole, so that what surrounds a garment counts little; the plan is
/// the cheapest one.
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

    /// Takes places of one dimension.
    public init(_ left: PatchVectors, _ right: PatchVectors) {
        let problem = left.transport(to: right)
        let similarities = left.similarities(with: right)
        let plan = problem.solved()
        similarity = 1 - plan.cost
        matches = plan.flows.enumerated().filter { $0.element > 0 }.map { place, flow in
            Match(
                left: place / right.count, right: place % right.count, similarity: Double(similarities[place]),
                share: flow)
        }.sorted { ($1.share * $1.similarity, $0.left, $0.right) < ($0.share * $0.similarity, $1.left, $1.right) }
    }
}
