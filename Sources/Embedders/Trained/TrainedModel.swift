import Hashing
public import Vectors

/// A model that was trained on its user's own photos.
public struct TrainedModel: Sendable {
    /// What its user calls it.
    public let name: String
    /// What is known of it.
    public let card: Card
    /// What came of training.
    public let learnt: Learnt
    let digest: SHA256Digest

    /// What a trained model is, beside what another one gives.
    public enum Learnt: Sendable {
        /// What becomes of another model's embeddings.
        case adapter(VectorAdapter)
        /// A model with a network, or weights, of its own.
        case network(ModelDescription)
    }

    /// What is kept of a trained model beside its numbers.
    public struct Card: Sendable, Hashable, Codable {
        /// What it began with.
        public var origin: TrainingOrigin
        /// How many photos it was learnt from.
        public var photos: Int
        /// How many labels these had; none where they were learnt from without.
        public var identities: Int
        /// What neighbours are worth before and after, of photos that it was not learnt from.
        public var validation: Validation

        /// As a new one says them.
        public init(origin: TrainingOrigin, photos: Int, identities: Int, validation: Validation) {
            (self.origin, self.photos, self.identities) = (origin, photos, identities)
            self.validation = validation
        }
    }

    /// What photos say that were not learnt from.
    public struct Validation: Sendable, Hashable, Codable {
        /// How many asked.
        public var queries: Int
        /// The share of them whose first neighbour was right, with the model as it was.
        public var before: Double
        /// With what was learnt.
        public var after: Double
        /// By how much it is better, query by query.
        public var difference: Estimate

        /// As they were measured.
        public init(queries: Int, before: Double, after: Double, difference: Estimate) {
            (self.queries, self.before, self.after, self.difference) = (queries, before, after, difference)
        }
    }

    /// What becomes of another model's embeddings; `nil` of a network.
    public var adapter: VectorAdapter? {
        if case .adapter(let adapter) = learnt { adapter } else { nil }
    }

    /// Names the numbers of what was learnt.
    var mark: String { "\(name) \(digest.description.prefix(16))" }
}
