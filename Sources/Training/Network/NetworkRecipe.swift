public import Imaging
public import Networks
import Vectors

/// A network that is to learn from photos, and how.
public struct NetworkRecipe: Sendable {
    let network: any Network
    let input: InputSpec
    /// With which it begins.
    let weights: WeightFile
    let lesson: Lesson
    let layers: TrainedLayers
    let optimizer: Optimizer
    /// How far a step goes at most.
    let rate: Float
    /// How many photos are in a step.
    let batch: Int
    /// So many times over all photos, unless said otherwise.
    public let usualEpochs: Int

    /// The last stages of a network go on learning, to tell apart what shows different things; those before stay as they are, and so
    /// does what its normalizations have gathered.
    public static func fineTuning(_ network: any Network, input: InputSpec, weights: WeightFile) -> NetworkRecipe {
        NetworkRecipe(
            network: network, input: input, weights: weights, lesson: .tellApart(temperature: 0.1),
            layers: TrainedLayers(normalizesByBatch: false) { network.isInLastStages($0) },
            optimizer: .adamW(decay: 0.01), rate: 3e-4, batch: 64, usualEpochs: 12)
    }

    /// A network learns from nothing to paint photos. One with bridges would hand on what it sees: so it has to paint what it does not.
    ///
    /// Throws where the network does not paint.
    public static func painting(_ network: UNet, input: InputSpec, seed: UInt64) throws(WeightFileError)
        -> NetworkRecipe
    {
        var random = LinearCongruence(seed: seed)
        return NetworkRecipe(
            network: network, input: input,
            weights: WeightFile(drawnFor: try network.outline(of: .picture), &random),
            lesson: .paint(hidesPart: network.hasBridges), layers: .all, optimizer: .adamW(decay: 0.01), rate: 1e-3,
            batch: 8, usualEpochs: 7)
    }

    func step(batch: Int) throws(WeightFileError) -> TrainingStep {
        try TrainingStep(
            of: network.graph(of: lesson.features, weights: weights), batch: batch, layers: layers,
            optimizer: optimizer, loss: lesson.loss)
    }
}

extension WeightFile {
    /// What a network begins with that nobody trained: convolutions drawn evenly as He et al. 2015 (section 2.2) have it, normalizations
    /// that change nothing.
    init(drawnFor outline: Graph, _ random: inout some RandomNumberGenerator) {
        let tensors = outline.weights.sorted { $0.name < $1.name }.map { $0.drawn(&random) }
        self.init(computed: tensors)
    }
}

extension WeightFile.Tensor {
    fileprivate func drawn(_ random: inout some RandomNumberGenerator) -> Self {
        let count = shape.reduce(1, *)
        guard shape.count > 1 else {
            let isOne = name.hasSuffix(".weight") || name.hasSuffix(".running_var")
            return Self(name, .float32, shape: shape, [Float](repeating: isOne ? 1 : 0, count: count))
        }
        let spread = (6 / Float(count / shape[0])).squareRoot()
        return Self(
            name, .float32, shape: shape, (0..<count).map { _ in Float.random(in: -spread...spread, using: &random) })
    }
}
