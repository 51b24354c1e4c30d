/// An architecture: what a network computes, without its weights and without knowing any engine.
public protocol Network: Sendable {
    /// The width and height of the pictures it was trained on.
    var inputSide: Int { get }

    /// How many numbers describe one photo.
    func dimension(of features: Features) -> Int

    /// Appends the operations from `photos`, shaped `[photo][channel][row][column]`, to `features`, shaped
    /// `[photo][dimension]`. Throws where the graph's weight file is not one of this network.
    func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
}

/// Which layer of a network describes a photo.
public enum Features: String, Sendable, Hashable, Codable, CaseIterable {
    /// The last convolution's channels, averaged over the picture: what things look like.
    case pooled
    /// The scores of the classes that the network was trained to tell apart: what the original program used.
    case logits
}

extension Network {
    /// The whole graph from a batch of photos of any size to their features.
    public func graph(of features: Features, weights: WeightFile) throws(WeightFileError) -> Graph {
        var graph = Graph(weights: weights)
        let photos = graph.input("photos", shape: [nil, 3, inputSide, inputSide])
        let value = try write(features, of: photos, to: &graph)
        graph.output(value, as: "features", shape: [nil, dimension(of: features)])
        return graph
    }
}
