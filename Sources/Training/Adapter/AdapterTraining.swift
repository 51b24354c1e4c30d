import Evaluation
import Foundation
public import Inference
public import Vectors

/// Learns from labelled photos how their vectors become such as tell apart what the labels tell apart.
///
/// First a whitening, with as much shrinkage as serves photos best that it has not learnt from; then a residual network by a contrastive
/// loss (Khosla et al. 2020), as long as it serves those better.
public struct AdapterTraining: Sendable {
    /// Decides all that is drawn: the same seed gives the same adapter on the same machine.
    public var seed: UInt64 = 1
    /// So many times over all photos at most; where that is not once, a whitening is all that is learnt.
    public var epochs = 60
    /// Of the whitenings, those alone that have so much shrinkage. The differences between altered photos are not those between photos of
    /// one garment: what is seen of them must not count for much.
    public var leastShrinkage: Float = 0
    /// Ends after so many times without being better.
    public var patience = 10
    /// How many threads a step computes on.
    public var threads = 1

    private static let rate: Float = 0.001
    private static let shrinkages: [Float] = [0.1, 0.3, 1, 3, 10, 30, 100]

    /// As it does best on photos that nobody described before.
    public init() {}

    /// What came of it.
    public struct Outcome: Sendable {
        /// A matrix, where vectors are better after one, and a network, where that serves photos better beyond doubt.
        public let adapter: VectorAdapter
        /// What it is worth.
        public let verdict: Verdict
    }

    /// Learns from rows of length one. Ends early, with the best so far, where `tell` returns false.
    ///
    /// Throws an `InferenceError` where a step cannot be computed, and a `TrainingProblem` for photos that nothing can be learnt from.
    public func run(
        on vectors: LabelledVectors, libraries: InferenceLibraries, tell: (TrainingEvent) -> Bool
    ) throws -> Outcome {
        var random = LinearCongruence(seed: seed)
        let division = Division(of: vectors.identities, series: vectors.series, &random)
        try division.check(vectors.identities, series: vectors.series)
        let learntFrom = division.training.withOthersAlike { vectors.identities[$0] }
        let (training, validation) = (vectors.rows(division.training), vectors.rows(division.validation))
        let goesOn = tell(
            .divided(
                training: learntFrom.count, validation: validation.count,
                spared: division.spared))
        let crossing = CrossFitting(of: validation, division.spared)
        let whitening = goesOn ? tryWhitenings(training, validation, tell: tell) : .none(of: validation)
        let scale = [Float](repeating: 1, count: vectors.dimension)
        let whitened = VectorAdapter(scale: scale, whitening: whitening.best, residual: nil)
        let learnt =
            try whitening.isInterrupted
            ? nil
            : learn(
                from: training.adapted(by: whitened), validation.adapted(by: whitened), libraries: libraries, &random,
                tell: tell)
        return Outcome(
            adapter: VectorAdapter(scale: scale, whitening: whitening.best, residual: learnt?.residual),
            verdict: Verdict(
                learntFrom: learntFrom, validation: division.validation,
                groups: validation.groups(division.spared),
                before: whitening.judged[0], after: after(whitening, learnt?.judged, crossing),
                isFinished: learnt?.isFinished ?? false, history: learnt?.history ?? []))
    }

    /// Each half of the queries by what the other half chose: a network, or else the whitening.
    private func after(_ whitening: Whitenings, _ learnt: [[Judgement]]?, _ crossing: CrossFitting) -> [Judgement] {
        let whitenings = crossing.choices(among: whitening.judged) { $0.best }
        let networks = learnt.map { crossing.choices(among: $0) { $0.bestBeyondDoubt } }
        return crossing.judgements { half in
            if let learnt, let network = networks?[half], network > 0 { return learnt[network] }
            return whitening.judged[whitenings[half] ?? 0]
        }
    }

    // MARK: Whitening

    private func tryWhitenings(
        _ training: LabelledVectors, _ validation: LabelledVectors, tell: (TrainingEvent) -> Bool
    ) -> Whitenings {
        let covariance = WithinClassCovariance(
            of: training.numbers, identities: training.identities, dimension: training.dimension)
        let scale = [Float](repeating: 1, count: training.dimension)
        var tried = Whitenings.none(of: validation)
        let before = tried.judged[0].worth
        var goesOn = true
        var best: (score: Double, shrinkage: Float?) = (before, nil)
        for shrinkage in Self.shrinkages where goesOn && shrinkage >= leastShrinkage {
            let rows = Whitening(covariance, shrinkage: shrinkage).rows
            let whitened = VectorAdapter(scale: scale, whitening: rows, residual: nil)
            let judged = validation.adapted(by: whitened).judgements
            tried.judged.append(judged)
            if judged.worth > best.score { (best, tried.best) = ((judged.worth, shrinkage), rows) }
            goesOn = tell(.tried(shrinkage: shrinkage, score: judged.worth))
        }
        goesOn = tell(.whitened(before: before, after: best.score, shrinkage: best.shrinkage)) && goesOn
        tried.isInterrupted = !goesOn
        return tried
    }

    /// What came of trying several.
    private struct Whitenings {
        /// `nil` where vectors are best as they are.
        var best: [Float]?
        /// What vectors are worth as they are, and then with each.
        var judged: [[Judgement]]
        var isInterrupted: Bool

        /// Before any was tried.
        static func none(of validation: LabelledVectors) -> Whitenings {
            Whitenings(best: nil, judged: [validation.judgements], isInterrupted: true)
        }
    }

    // MARK: The residual network

    private func learn(
        from training: LabelledVectors, _ validation: LabelledVectors, libraries: InferenceLibraries,
        _ random: inout LinearCongruence, tell: (TrainingEvent) -> Bool
    ) throws -> (
        residual: VectorAdapter.Residual?, judged: [[Judgement]], history: [(loss: Double, score: Double)],
        isFinished: Bool
    ) {
        var learning = try ResidualTraining(
            from: training, validation, libraries: libraries, threads: threads, &random)
        var isFinished = true
        for epoch in stride(from: 1, through: epochs, by: 1) {
            guard let (loss, score) = try learning.goThrough(rate: rate(at: epoch), &random) else {
                _ = tell(.diverged(epoch: epoch))
                break
            }
            isFinished = tell(.learnt(epoch: epoch, loss: loss, score: score))
            guard isFinished, learning.epochsWithoutGain < patience else { break }
        }
        return (learning.best, learning.judged, learning.history, isFinished)
    }

    /// Half a cosine down to nothing (Loshchilov & Hutter 2017).
    private func rate(at epoch: Int) -> Float {
        let passed = Double(epoch - 1) / Double(epochs)
        return Self.rate * Float((1 + cos(passed * .pi)) / 2)
    }
}
