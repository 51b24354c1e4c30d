import Inference
import Networks

/// The steps by which a network learns, each from where the last one left it.
struct NetworkSteps: ~Copyable {
    private let training: TrainingStep
    private var session: RecurrentSession

    /// Goes on from `states`; where there are none, begins.
    init(
        _ recipe: NetworkRecipe, batch: Int, states: WeightFile, libraries: InferenceLibraries,
        settings: SessionSettings
    ) throws {
        let training = try recipe.step(batch: batch)
        let begun =
            try states.tensors.isEmpty
            ? training.states
            : training.states.map { state in
                let kept = try states.tensor(state.input, .float32, shape: state.initial.shape)
                return RecurrentSession.State(input: state.input, output: state.output, initial: kept)
            }
        session = try libraries.recurrentSession(
            of: training.graph, states: begun, results: [TrainingStep.loss], settings: settings)
        self.training = training
    }

    /// About how many bytes steps need.
    var memory: Int { training.memory }

    /// The loss before a step, which are counted from 1. States can be read where they were brought.
    mutating func step(_ number: Int, on batch: [WeightFile.Tensor], rate: Float, bringingStates: Bool)
        throws(InferenceError) -> Double
    {
        let given = training.settings(step: number, rate: rate) + batch
        return Double(try session.run(given, bringingStates: bringingStates)[0][0])
    }

    /// All that goes from step to step.
    func states() throws(InferenceError) -> WeightFile {
        var tensors: [WeightFile.Tensor] = []
        for state in training.states {
            let numbers = try session.numbers(of: state.input)
            tensors.append(WeightFile.Tensor(state.input, .float32, shape: state.initial.shape, numbers))
        }
        return WeightFile(computed: tensors)
    }
}

extension WeightFile {
    /// With what was learnt of some of its tensors.
    func learnt(_ states: WeightFile) -> WeightFile {
        WeightFile(byName: tensors.merging(states.tensors.filter { tensors[$0.key] != nil }) { $1 })
    }
}
