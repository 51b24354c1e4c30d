/// The embeddings that a catalogue keeps of one space.
public struct StoredSpace: Sendable, Hashable {
    /// What they may be compared in.
    public let space: EmbeddingSpace
    /// How many there are, those of photos that are gone and may come back included.
    public let count: Int
}
