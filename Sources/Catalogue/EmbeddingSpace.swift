/// Embeddings that may be compared with one another: made by one model with all that changes its numbers.
public struct EmbeddingSpace: Sendable, Hashable {
    public let identity: String
    public let dimension: Int

    public init(identity: String, dimension: Int) {
        self.identity = identity
        self.dimension = dimension
    }
}
