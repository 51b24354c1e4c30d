public import Inference
public import Networks
public import Vectors

/// Writes an installed model in integers, from what its network makes of photos.
///
/// It gives out embedders of two kinds of statistics, and is to be told what they say of some photos: first the ranges
/// of all values, then the errors of all layers.
public struct ModelQuantizer: Sendable {
    /// In float32, with the engine that is fastest for many photos.
    public let choice: ModelChoice
    private let network: any Network
    private let libraries: InferenceLibraries
    private var calibration: Calibration

    /// Throws where the model has no weights, or they are not installed.
    public init(of choice: ModelChoice, in store: ModelStore, libraries: InferenceLibraries) throws(EmbedderError) {
        guard case .neural(let network, _, _) = choice.model.kind else {
            throw .noWeights(model: choice.model.id)
        }
        calibration = Calibration(of: try store.graph(of: network, for: choice))
        (self.choice, self.network, self.libraries) = (choice, network, libraries)
    }

    /// How many layers have weights.
    public var layerCount: Int { calibration.layerCount }

    /// Describes each photo by how far the network's values reach.
    public func ranges() throws(EmbedderError) -> any Embedder { try embedder(of: calibration.rangeGraph) }

    /// Takes note of what `ranges` say of some photos.
    public mutating func noteRanges(_ ranges: [Embedding]) {
        for range in ranges { calibration.noteRanges(range.values) }
    }

    /// Describes each photo by what rounded weights leave out. Ranges must be known.
    public func errors() throws(EmbedderError) -> any Embedder { try embedder(of: calibration.errorGraph) }

    /// Takes note of what `errors` say of some photos.
    public mutating func noteErrors(_ errors: [Embedding]) {
        for error in errors { calibration.noteErrors(error.values) }
    }

    /// The integers. Errors must be known.
    public func weights() -> QuantizedWeights { calibration.weights() }

    /// Describes photos in int8, with integers that are not installed.
    public func embedder(with weights: WeightFile, engine: EngineName) throws(EmbedderError) -> any Embedder {
        let graph: Graph
        do throws(WeightFileError) {
            graph = try network.graph(of: choice.source.features, quantizedWeights: weights)
        } catch {
            throw .weights(error)
        }
        var int8 = choice.computed(by: engine)
        int8.settings.precision = .int8
        return choice.viewing(try NeuralEmbedder(graph, of: int8, libraries: libraries))
    }

    private func embedder(of graph: Graph) throws(EmbedderError) -> any Embedder {
        try NeuralEmbedder(graph, dimension: graph.outputWidth, of: choice, libraries: libraries)
    }
}
