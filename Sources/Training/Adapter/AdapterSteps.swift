import Inference
import Networks
import Vectors

/// An adapter's network while it learns.
struct AdapterSteps: ~Copyable {
    private let training: TrainingStep
    private let network: AdapterNetwork
    private var session: RecurrentSession
    private var count = 0

    private static let decay: Float = 0.01

    init(
        _ network: AdapterNetwork, batch: Int, temperature: Float, weights: WeightFile, libraries: InferenceLibraries,
        threads: Int
    ) throws {
        self.network = network
        let training = try TrainingStep(
            of: network.graph(weights: weights), batch: batch, layers: .all, optimizer: .adamW(decay: Self.decay),
            loss: .contrastive(temperature: temperature))
        session = try libraries.recurrentSession(
            of: training.graph, states: training.states, results: [TrainingStep.loss],
            settings: SessionSettings(device: .cpu, precision: .float32, threads: threads))
        self.training = training
    }

    /// The loss before the step.
    mutating func step(on rows: LabelledVectors, rate: Float) throws(InferenceError) -> Double {
        count += 1
        let vectors = WeightFile.Tensor(
            AdapterNetwork.vectors, .float32, shape: [rows.count, rows.dimension], rows.numbers)
        let given = training.settings(step: count, rate: rate) + [vectors] + Identities(rows.identities).tensors
        return Double(try session.run(given)[0][0])
    }

    /// As they are now.
    func residual() throws(InferenceError) -> VectorAdapter.Residual {
        var numbers: [[Float]] = []
        for (name, _) in network.shapes { numbers.append(try session.numbers(of: name)) }
        return VectorAdapter.Residual(
            innerWeights: numbers[0], innerBias: numbers[1], outerWeights: numbers[2], outerBias: numbers[3])
    }
}

extension LabelledVectors {
    /// Without some of each row's numbers, and the others as much larger.
    func thinned(by share: Float, _ random: inout some RandomNumberGenerator) -> LabelledVectors {
        let numbers = numbers.map { Float.random(in: 0..<1, using: &random) < share ? 0 : $0 / (1 - share) }
        return LabelledVectors(numbers, dimension: dimension, identities: identities)
    }
}
