import Evaluation
import Imaging
import Inference
import Networks

/// How far a network has come that learns, and the best that it was.
struct NetworkLearning: ~Copyable {
    private(set) var progress: LearningProgress
    private var steps: NetworkSteps
    /// Of the weights that are learnt.
    private var bestWeights: WeightFile?
    private let recipe: NetworkRecipe
    private let validation: ValidationPictures
    private let libraries: InferenceLibraries
    private let settings: SessionSettings
    private let batchMemory: Int

    init(
        _ recipe: NetworkRecipe, batch: Int, from checkpoint: TrainingCheckpoint, _ validation: ValidationPictures,
        libraries: InferenceLibraries, settings: SessionSettings
    ) throws {
        // What was judged so far was judged by these.
        guard (checkpoint.progress.validation ?? validation.rows) == validation.rows else {
            throw TrainingProblem.changed
        }
        steps = try NetworkSteps(
            recipe, batch: batch, states: checkpoint.states, libraries: libraries, settings: settings)
        let picturesOfEach = recipe.lesson.features == .picture ? 2 : 1
        batchMemory = batch * picturesOfEach * recipe.input.valueCount * MemoryLayout<Float>.stride
        (progress, bestWeights) = (checkpoint.progress, checkpoint.best)
        progress.validation = validation.rows
        (self.recipe, self.validation, self.libraries, self.settings) = (recipe, validation, libraries, settings)
    }

    /// So many steps are done.
    var step: Int { progress.step }

    var epochsWithoutGain: Int { progress.epochsWithoutGain }

    /// Whether it is known of any time what neighbours were worth.
    var isJudged: Bool { !progress.judged.isEmpty }

    /// About how many bytes are needed, with the batches that are learnt from and made ready.
    var memory: Int { steps.memory + validation.memory + 2 * batchMemory }

    /// The loss before the step.
    mutating func learn(from batch: [WeightFile.Tensor], rate: Float, bringingStates: Bool) throws(InferenceError)
        -> Double
    {
        let loss = try steps.step(progress.step + 1, on: batch, rate: rate, bringingStates: bringingStates)
        progress.step += 1
        progress.recent.append(loss)
        return loss
    }

    /// Takes note of what neighbours are worth now, and of the weights where that is more than ever; `nil` where the network gives no
    /// numbers any more. States must have been brought.
    mutating func judge() throws -> (loss: Double, score: Double)? {
        let states = try steps.states()
        guard let vectors = try vectors(states) else { return nil }
        let judged = vectors.judgements
        let loss = progress.recent.reduce(0, +) / Double(max(1, progress.recent.count))
        progress.recent = []
        progress.losses.append(loss)
        progress.judged.append(judged)
        if progress.judged.best == progress.judged.count - 1 {
            progress.best = progress.judged.count - 1
            bestWeights = WeightFile(byName: states.tensors.filter { recipe.weights.tensors[$0.key] != nil })
        }
        return (loss, judged.worth)
    }

    /// The whole network's weights as they were best, and the vectors of what it was judged by; `nil` as long as it was not.
    func best() throws -> (weights: WeightFile, vectors: LabelledVectors)? {
        guard let bestWeights, let vectors = try vectors(bestWeights) else { return nil }
        return (recipe.weights.learnt(bestWeights), vectors)
    }

    /// States must have been brought.
    func checkpoint() throws -> TrainingCheckpoint {
        TrainingCheckpoint(states: try steps.states(), best: bestWeights, progress: progress)
    }

    private func vectors(_ learnt: WeightFile) throws -> LabelledVectors? {
        try validation.vectors(recipe.weights.learnt(learnt), libraries: libraries, settings: settings)
    }
}
