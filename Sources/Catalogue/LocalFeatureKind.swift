/// What is kept of photos beside their embeddings, since it takes long to find out: some bytes each.
public struct LocalFeatureKind: Sendable, Hashable {
    /// Names whatever decides the bytes, so that none are mistaken for others.
    public let identity: String
    /// Whose embeddings it is kept beside: it goes when they are forgotten. `nil` for what no model makes.
    public let space: EmbeddingSpace?

    /// Stores nothing: a catalogue learns of the kind when something of it is first kept.
    public init(identity: String, space: EmbeddingSpace? = nil) {
        (self.identity, self.space) = (identity, space)
    }
}
