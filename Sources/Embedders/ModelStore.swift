import Hashing
public import Inference
public import Networks
public import SystemPackage

/// The folder that holds models' weights, each in a `.safetensors` file that was checked and converted once.
public struct ModelStore: Sendable {
    /// Made when the first model is installed, if it is not there yet.
    public let folder: FilePath

    /// Looks at nothing yet: a folder that is missing holds no weights.
    public init(folder: FilePath) {
        self.folder = folder
    }

    /// Where a model's weights lie once they are installed; `nil` for a model without any.
    ///
    /// The name carries the digest of what was published: weights of another revision are another file.
    public func path(of model: ModelDescription) -> FilePath? {
        guard case .neural(_, _, let weights) = model.kind else { return nil }
        if case .learnt(let weights) = weights { return weights.path }
        return folder.appending("\(model.id)-\(weights.mark).safetensors")
    }

    /// Whether a model’s weights can be opened now; always true of a model that needs none.
    public func isInstalled(_ model: ModelDescription) -> Bool {
        guard let path = path(of: model) else { return true }
        return (try? FileDescriptor.open(path, .readOnly).close()) != nil
    }

    /// Throws where a model's weights are needed and missing.
    public func check(_ model: ModelDescription) throws(EmbedderError) {
        guard let path = path(of: model), !isInstalled(model) else { return }
        if model.weights == nil { throw .unreadable(path, reason: "it is gone. Train \(model.id) again") }
        throw .weightsMissing(model: model.id, path: path)
    }

    /// Makes a model ready to describe photos. A library is opened only if it is a network.
    public func embedder(for choice: ModelChoice, libraries: InferenceLibraries) throws(EmbedderError)
        -> any Embedder
    {
        if let adapter = choice.adapter, let base = choice.untrained {
            return AdaptedEmbedder(base: try embedder(for: base, libraries: libraries), adapter: adapter)
        }
        switch choice.model.kind {
        case .neural(let network, _, _):
            let graph =
                choice.settings.precision == .int8
                ? try quantizedGraph(of: network, for: choice) : try graph(of: network, for: choice)
            return choice.viewing(try NeuralEmbedder(graph, of: choice, libraries: libraries))
        case .foreign(let network):
            let reading = choice.features == .places ? nil : network.reading
            return choice.viewing(
                try NeuralEmbedder(network.encoder, reading: reading, of: choice, libraries: libraries))
        case .handMade: return ColourLayoutEmbedder()
        }
    }

    func graph(of network: any Network, for choice: ModelChoice) throws(EmbedderError) -> Graph {
        let weights = try weights(of: choice.model)
        do throws(WeightFileError) {
            return try network.graph(of: choice.source.features, weights: weights)
        } catch {
            throw .weights(error)
        }
    }

    /// What a model's network has learnt. Throws where that is not installed, and where the model has no network.
    public func weights(of model: ModelDescription) throws(EmbedderError) -> WeightFile {
        try check(model)
        guard let path = path(of: model) else { throw .hasNoNetwork(model.id) }
        if case .neural(_, _, .learnt(let weights)) = model.kind { try weights.check(of: model.id) }
        do throws(WeightFileError) { return try WeightFile(safetensors: path) } catch { throw .weights(error) }
    }
}
