/// Embeddings that may be compared with one another: made by one model with all that changes its numbers.
public struct EmbeddingSpace: Sendable, Hashable {
    /// Tells this space from all others: names the model and whatever else decides the numbers.
    public let identity: String
    /// The numbers of one embedding; a catalogue that knows the space with another count throws.
    public let dimension: Int

    /// Stores nothing: a catalogue learns of the space when a file is first recorded for it.
    public init(identity: String, dimension: Int) {
        self.identity = identity
        self.dimension = dimension
    }
}
