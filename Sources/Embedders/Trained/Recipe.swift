/// What is learnt of photos, and how.
public enum Recipe: String, Sendable, Hashable, Codable, CaseIterable {
    /// A matrix and a small network of another model's embeddings, in seconds.
    case adapter
    /// The last layers of another model's network.
    case fineTune = "fine-tune"
    /// A network from nothing that paints photos again from a few numbers.
    case autoencoder
    /// The same, which has bridges around these numbers and paints what is hidden from it.
    case unet
}
