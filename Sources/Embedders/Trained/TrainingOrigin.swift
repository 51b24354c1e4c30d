public import Imaging
public import Networks

/// What training began with, and so what of a trained model has to be known beside its numbers.
public enum TrainingOrigin: Sendable, Hashable, Codable {
    /// Another model's embeddings.
    case embeddings(Embeddings)
    /// Another model's network, the last layers of which were learnt anew.
    case network(of: String, framing: Framing?)
    /// Nothing: a network that paints photos.
    case painter(UNet, framing: Framing)

    /// Another model's embeddings, in all that decides them.
    public struct Embeddings: Sendable, Hashable, Codable {
        /// The model that describes photos.
        public var base: String
        /// What all that decides its embeddings is called: `ModelChoice.identity`.
        public var space: String
        /// By which of its features.
        public var features: Features
        /// How photos become square; `nil` for the model's own way.
        public var framing: Framing?
        /// Whether garments are cut out first.
        public var cutOut: CutOut

        /// As a choice has them.
        public init(base: String, space: String, features: Features, framing: Framing?, cutOut: CutOut) {
            (self.base, self.space, self.features) = (base, space, features)
            (self.framing, self.cutOut) = (framing, cutOut)
        }
    }

    /// How training goes on from there.
    public var recipe: Recipe {
        switch self {
        case .embeddings: .adapter
        case .network: .fineTune
        case .painter(let network, _): network.hasBridges ? .unet : .autoencoder
        }
    }

    /// The name of the model that it began with; `nil` where that was nothing.
    public var base: String? {
        switch self {
        case .embeddings(let embeddings): embeddings.base
        case .network(let base, _): base
        case .painter: nil
        }
    }
}
