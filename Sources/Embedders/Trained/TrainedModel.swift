import Hashing
public import Imaging
public import Networks
public import Vectors

/// A model that was trained on its user's own photos: another one, and what was learnt of its embeddings.
public struct TrainedModel: Sendable {
    /// What its user calls it.
    public let name: String
    /// What is known of it.
    public let card: Card
    /// What was learnt.
    public let adapter: VectorAdapter
    let digest: SHA256Digest

    /// What is kept of a trained model beside its numbers.
    public struct Card: Sendable, Hashable, Codable {
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
        /// How it was trained.
        public var recipe: String
        /// How many photos it was learnt from, and how many told whether it holds.
        public var photos: Int
        /// How many labels these had.
        public var identities: Int
        /// What neighbours are worth before and after, of photos that it was not learnt from.
        public var validation: Validation

        /// As a new one says them.
        public init(
            base: String, space: String, features: Features, framing: Framing?, cutOut: CutOut, recipe: String,
            photos: Int,
            identities: Int, validation: Validation
        ) {
            self.space = space
            (self.base, self.features, self.framing, self.cutOut) = (base, features, framing, cutOut)
            (self.recipe, self.photos, self.identities, self.validation) = (recipe, photos, identities, validation)
        }
    }

    /// What photos say that were not learnt from.
    public struct Validation: Sendable, Hashable, Codable {
        /// How many asked.
        public var queries: Int
        /// The share of them whose first neighbour was right, with the model as it was.
        public var before: Double
        /// With what was learnt.
        public var after: Double
        /// By how much it is better, query by query.
        public var difference: Estimate

        /// As they were measured.
        public init(queries: Int, before: Double, after: Double, difference: Estimate) {
            (self.queries, self.before, self.after, self.difference) = (queries, before, after, difference)
        }
    }

    /// Names the numbers of what was learnt.
    var mark: String { "\(name) \(digest.description.prefix(16))" }
}

extension VectorAdapter {
    /// Reads what `tensors` wrote; throws where it is something else.
    init(_ file: WeightFile) throws(WeightFileError) {
        let scale = try file.tensor("scale").floats
        let whitening = try file.tensors["whitening"].map { (tensor) throws(WeightFileError) in
            try file.floats(tensor.name, shape: [scale.count, scale.count])
        }
        var residual: Residual?
        if let inner = file.tensors["residual.0.weight"] {
            let hidden = inner.shape.first ?? 0
            residual = Residual(
                innerWeights: try file.floats("residual.0.weight", shape: [hidden, scale.count]),
                innerBias: try file.floats("residual.0.bias", shape: [hidden]),
                outerWeights: try file.floats("residual.2.weight", shape: [scale.count, hidden]),
                outerBias: try file.floats("residual.2.bias", shape: [scale.count]))
        }
        self.init(scale: scale, whitening: whitening, residual: residual)
    }

    var tensors: WeightFile {
        var tensors = [tensor("scale", [dimension], scale)]
        if let whitening { tensors.append(tensor("whitening", [dimension, dimension], whitening)) }
        if let residual {
            let hidden = residual.innerBias.count
            tensors += [
                tensor("residual.0.weight", [hidden, dimension], residual.innerWeights),
                tensor("residual.0.bias", [hidden], residual.innerBias),
                tensor("residual.2.weight", [dimension, hidden], residual.outerWeights),
                tensor("residual.2.bias", [dimension], residual.outerBias),
            ]
        }
        return WeightFile(byName: Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) }))
    }

    private func tensor(_ name: String, _ shape: [Int], _ numbers: [Float]) -> WeightFile.Tensor {
        WeightFile.Tensor(name, .float32, shape: shape, numbers)
    }
}
