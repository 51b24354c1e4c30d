/// A network up to its last convolution: what is left of it where its weights have no classifier.
public struct Backbone: Network {
    private let network: any Network

    /// The weights' names are the whole network's.
    public init(of network: any Network) {
        self.network = network
    }

    /// The whole network's: a backbone alone would take pictures of other sizes, but was not trained on them.
    public var inputSide: Int { network.inputSide }

    /// Of what the whole network has, what comes before the classes.
    public var dimensions: [Features: Int] { network.dimensions.filter { $0.key == .pooled || $0.key == .places } }

    /// The whole network's.
    public var lastStages: [String] { network.lastStages }

    /// Writes the whole network's operations, as far as these features need them.
    public func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
    {
        try network.write(features, of: photos, to: &graph)
    }
}
