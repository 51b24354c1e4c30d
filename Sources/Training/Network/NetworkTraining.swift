import Evaluation
import Foundation
import Imaging
public import Inference
public import Networks
import Vectors

/// Learns from photos how a network describes them such that neighbours are what the photos' labels say.
public struct NetworkTraining: Sendable {
    /// Decides all that is drawn: the same seed gives the same weights on the same machine.
    public var seed: UInt64 = 1
    /// So many times over all photos.
    public var epochs: Int
    /// Ends after so many times without being better.
    public var patience = 5
    /// On what a step is computed, and on how many threads.
    public var settings = SessionSettings(device: .cpu, precision: .float32)
    /// What has been learnt is kept each time that so long has passed.
    public var interval = Duration.seconds(60)
    private let recipe: NetworkRecipe

    private static let paintingCount = 8

    /// As many times over all photos as is usual.
    public init(_ recipe: NetworkRecipe) {
        self.recipe = recipe
        epochs = recipe.usualEpochs
    }

    /// What came of it.
    public struct Outcome: Sendable {
        /// Of the whole network, as it was best.
        public let weights: WeightFile
        /// Of the photos of the verdict that can be read, what the network describes them by.
        public let vectors: LabelledVectors
        /// What they are worth.
        public let verdict: Verdict
        /// Some of these photos, as a network paints them that has learnt to paint.
        public let paintings: [Painting]
    }

    /// Learns from photos, of which `known` are vectors of length one that a model describes them by already.
    ///
    /// Goes on from a checkpoint of the same plan, and has others kept by `keep`. Ends early, with the best so far, where `tell` returns
    /// false. Throws an `InferenceError` where a step cannot be computed, and a `TrainingProblem` for photos that nothing can be learnt
    /// from.
    public func run(
        on photos: some TrainingPhotos, knownBy known: LabelledVectors, plan: String,
        from checkpoint: TrainingCheckpoint? = nil, libraries: InferenceLibraries,
        keep: (TrainingCheckpoint) throws -> Void, tell: (TrainingEvent) -> Bool
    ) async throws -> Outcome {
        let divided = try await DividedPhotos(photos, knownBy: known, for: recipe, seed: seed)
        let batches = divided.batches
        var learning = try NetworkLearning(
            recipe, batch: batches.size, from: checkpoint ?? .none(of: plan), divided.validation,
            libraries: libraries, settings: settings)
        let (done, all) = (learning.step * batches.size, epochs * batches.count * batches.size)
        let goesOn = tell(divided.event) && tell(.began(photos: done, of: all, memory: learning.memory))
        let isFinished = goesOn ? try await learn(&learning, from: batches, keep: keep, tell: tell) : false
        guard learning.step > 0 else { throw CancellationError() }
        guard let (weights, vectors) = try learning.best() else { throw TrainingProblem.diverged }
        return Outcome(
            weights: weights, vectors: vectors,
            verdict: divided.verdict(of: learning.progress, isFinished: isFinished),
            paintings: try divided.validation.paintings(
                Self.paintingCount, weights, seed: seed, libraries: libraries, settings: settings))
    }

    /// Until all is learnt, or nothing becomes better any more; whether nobody ended it before.
    private func learn(
        _ learning: inout NetworkLearning, from batches: PhotoBatches<some TrainingPhotos>,
        keep: (TrainingCheckpoint) throws -> Void, tell: (TrainingEvent) -> Bool
    ) async throws -> Bool {
        var (clock, end) = (CheckpointClock(interval: interval), End.finished)
        while end == .finished, learning.step < epochs * batches.count, learning.epochsWithoutGain < patience {
            end = try await goThrough(&learning, batches, &clock, keep: keep, tell: tell)
            if end == .finished { end = try judge(&learning, tell) }
            if end == .finished, clock.isDue { try clock.keep(learning.checkpoint(), by: keep, tell) }
        }
        if end == .diverged {
            _ = tell(.diverged(epoch: learning.step / batches.count + 1))
        } else {
            try clock.keep(learning.checkpoint(), by: keep, tell)
            if !learning.isJudged { _ = try learning.judge() }
        }
        return end != .stopped
    }

    /// What was learnt of all photos once more.
    private func judge(_ learning: inout NetworkLearning, _ tell: (TrainingEvent) -> Bool) throws -> End {
        guard let judged = try learning.judge() else { return .diverged }
        let epoch = learning.progress.judged.count
        return tell(.learnt(epoch: epoch, loss: judged.loss, score: judged.score)) ? .finished : .stopped
    }

    /// How a time over all photos ends.
    private enum End { case finished, stopped, diverged }

    /// Once over all photos, or what is left of that. Each batch is made ready while the one before is learnt from.
    private func goThrough(
        _ learning: inout NetworkLearning, _ batches: PhotoBatches<some TrainingPhotos>,
        _ clock: inout CheckpointClock, keep: (TrainingCheckpoint) throws -> Void, tell: (TrainingEvent) -> Bool
    ) async throws -> End {
        let total = epochs * batches.count
        let plan = batches.plan(of: learning.step / batches.count)[(learning.step % batches.count)...]
        var (ready, isWanted) = (await batches.tensors(of: plan[plan.startIndex], step: learning.step), true)
        for place in plan.indices {
            guard let given = ready else { throw TrainingProblem.illegible }
            let (isLast, isDue, step) = (place + 1 == plan.endIndex, clock.isDue, learning.step)
            async let following = isLast ? nil : batches.tensors(of: plan[place + 1], step: step + 1)
            let loss = try learning.learn(
                from: given, rate: rate(at: step, of: total), bringingStates: isLast || isDue || !isWanted)
            ready = await following
            guard loss.isFinite else { return .diverged }
            guard isWanted else { return .stopped }
            isWanted = tell(
                .stepped(photos: learning.step * batches.size, of: total * batches.size, loss: loss))
            if isDue, !isLast { try clock.keep(learning.checkpoint(), by: keep, tell) }
        }
        return .finished
    }

    private static let warmth = 100

    /// Rises in a straight line first, since what is remembered of gradients has to gather, and falls as half a cosine (Loshchilov &
    /// Hutter 2017).
    private func rate(at step: Int, of total: Int) -> Float {
        let rising = min(1, Double(step + 1) / Double(min(Self.warmth, max(1, total / 10))))
        return recipe.rate * Float(rising * (1 + cos(Double(step) / Double(total) * .pi)) / 2)
    }
}
