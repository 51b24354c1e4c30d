public import Imaging
public import Networks

/// All there is to know about a model: what it computes, on which pictures, and where its weights come from.
public struct ModelDescription: Sendable, Identifiable {
    /// Lower case with hyphens, as in `efficientnet-lite0`.
    public let id: String
    /// One line for people who choose.
    public let summary: String
    /// Decides whether weights must be installed, and whether ONNX Runtime is opened at all.
    public let kind: Kind

    /// Where the numbers of an embedding come from.
    public enum Kind: Sendable {
        /// A network that is written here, with the weights that it has learnt.
        case neural(any Network, input: InputSpec, weights: NetworkWeights)
        /// A network of the user's own.
        case foreign(ForeignNetwork)
        /// Computed by fixed rules, without weights.
        case handMade
    }

    /// Whether embeddings computed in bfloat16 have the same neighbours as others: at least .99 of the nearest ten were
    /// the same when it was measured with the model's own weights.
    public var keepsNeighboursInBfloat16 = false

    /// The share of 372 home photos of clothes whose nearest neighbour among the others is of the same type, by its own pooled
    /// features and cosine; `nil` where it was not measured with the model's own weights.
    public var quality: Double?

    /// What its weights are as their publisher gives them out; `nil` for a model without any, or whose own nobody gives out.
    public var weights: PublishedWeights? {
        if case .neural(_, _, .published(let weights)) = kind { weights } else { nil }
    }

    /// What the model can describe photos by; the first is taken when nothing else is asked for: views where the network has
    /// them of several layers, and what the network gives by itself where it has not.
    public var features: [Features] {
        let layers: [Features] =
            switch kind {
            case .neural(let network, _, _): network.features.filter { $0 != .views }
            case .foreign, .handMade: [.pooled]
            }
        switch networkViews {
        case .layers: return [.views] + layers
        case .pooled: return layers + [.views]
        case nil: return layers
        }
    }

    /// How many numbers describe a photo; `nil` for features that the model does not have.
    func dimension(of features: Features) -> Int? {
        if features == .views { return viewLayout?.dimension }
        switch kind {
        case .neural(let network, _, _): return network.dimensions[features]
        case .foreign(let network): return features == .pooled ? network.dimension : nil
        case .handMade: return features == .pooled ? ColourLayoutEmbedder.dimension : nil
        }
    }

    /// How many numbers the network itself gives of features that it has, or for each place where nobody knows how many there are.
    func sourceDimension(of features: Features) -> Int {
        switch kind {
        case .neural(let network, _, _): network.dimensions[features] ?? 0
        case .foreign(let network): network.dimension
        case .handMade: ColourLayoutEmbedder.dimension
        }
    }
}
