/// An architecture: what a network computes, without its weights and without knowing any engine.
public protocol Network: Sendable {
    /// The width and height of the pictures it was trained on.
    var inputSide: Int { get }

    /// The features that it has, and how many numbers of each describe one photo.
    var dimensions: [Features: Int] { get }

    /// What `Features.views` are made of; `nil` for a network that does not have them.
    var layers: FeatureLayers? { get }

    /// What the names of weights begin with that stand in the last layers before what the network describes photos by: those that are
    /// learnt anew where it is to describe other photos. None for a network that is no use elsewhere.
    var lastStages: [String] { get }

    /// Appends the operations from `photos`, shaped `[photo][channel][row][column]`, to `features` that it has, shaped
    /// `[photo][dimension]`. Throws where the graph's weight file is not one of this network.
    func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
}

/// Which layer of a network describes a photo, from the earliest on.
public enum Features: String, Sendable, Hashable, Codable, CaseIterable {
    /// Several layers at once, from which a photo is described in several ways: see `FeatureLayers`.
    case views
    /// The last convolution's channels, averaged over the picture: what things look like.
    case pooled
    /// The second of VGG's fully connected layers, after its ReLU: what “deep features” were before networks ended in
    /// an average, called fc7 where layers are counted through.
    case fc2
    /// How much of each place shows what the photo is of, from 0 to 1, row by row: no description, but what photos are cut out
    /// by.
    case mask
    /// The last convolution's channels as they are before they are averaged, channel after channel: no description of the
    /// whole photo either, but of each of its places.
    case places
    /// The photo as the network paints it again, red, green and blue one after the other, from 0 to 1: no description either.
    case picture
    /// The scores of the classes that the network was trained to tell apart: what the original program used.
    case logits

    /// Those of which one vector describes a photo, and two vectors tell how alike two photos are.
    public static var descriptions: [Features] { [.views, .pooled, .fc2, .logits] }
}

extension Network {
    /// None.
    public var layers: FeatureLayers? { nil }

    /// None.
    public var lastStages: [String] { [] }

    /// Whether a weight is one of the last stages’.
    public func isInLastStages(_ weight: String) -> Bool { lastStages.contains { weight.hasPrefix($0 + ".") } }

    /// What it has to describe photos by, from the earliest layer on; the first is taken unless another is asked for.
    public var features: [Features] { Features.descriptions.filter { dimensions[$0] != nil } }

    /// The whole graph from a batch of photos of any size to their features; traps where it has none such.
    public func graph(of features: Features, weights: WeightFile) throws(WeightFileError) -> Graph {
        try graph(of: features, on: Graph(weights: weights))
    }

    /// The same of pictures of another size than the network was trained on, where its layers can be computed on them.
    public func graph(of features: Features, weights: WeightFile, side: Int) throws(WeightFileError) -> Graph {
        try graph(of: features, on: Graph(weights: weights), side: side)
    }

    /// The same graph before there are weights: its `weights` are names and shapes; traps as well.
    public func outline(of features: Features) throws(WeightFileError) -> Graph {
        try graph(of: features, on: Graph())
    }

    /// The same graph in integers, as a `Calibration` of it wrote its weights; traps as well.
    public func graph(of features: Features, quantizedWeights: WeightFile) throws(WeightFileError) -> Graph {
        try outline(of: features).foldingNormalizations().quantized(by: quantizedWeights)
    }

    private func graph(of features: Features, on empty: Graph, side: Int? = nil) throws(WeightFileError) -> Graph {
        guard let dimension = dimensions[features] else { preconditionFailure("\(self) has no \(features)") }
        var graph = empty
        let photos = graph.input("photos", shape: [nil, 3, side ?? inputSide, side ?? inputSide])
        let value = try write(features, of: photos, to: &graph)
        graph.output(value, as: "features", shape: [nil, dimension])
        return graph
    }
}
