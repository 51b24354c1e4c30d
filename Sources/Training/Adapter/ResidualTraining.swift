import Evaluation
import Inference
import Vectors

/// The small network of an adapter while it learns, and the best that it was.
struct ResidualTraining: ~Copyable {
    /// `nil` as long as it was not better than nothing beyond doubt.
    private(set) var best: VectorAdapter.Residual?
    /// After each time over all photos: the mean loss, and what the vectors are worth that are not learnt from.
    private(set) var history: [(loss: Double, score: Double)] = []
    /// So many times over all photos did nothing better than before.
    private(set) var epochsWithoutGain = 0
    private var bestScore: Double
    /// What vectors are worth that are not learnt from: before, and after each time over all photos.
    private(set) var judged: [[Judgement]]
    private let training: LabelledVectors
    private let validation: LabelledVectors
    private var batches: IdentityBatches
    private var steps: AdapterSteps

    private static let batch = 256
    private static let hidden = 512
    private static let temperature: Float = 0.1
    /// Of the numbers of a vector, so many are left out when it is learnt from (Srivastava et al. 2014).
    private static let dropout: Float = 0.2

    init(
        from training: LabelledVectors, _ validation: LabelledVectors, libraries: InferenceLibraries, threads: Int,
        _ random: inout LinearCongruence
    ) throws {
        let network = AdapterNetwork(dimension: training.dimension, hidden: Self.hidden)
        let size = min(Self.batch, training.identities.indices.withOthersAlike { training.identities[$0] }.count)
        steps = try AdapterSteps(
            network, batch: size, temperature: Self.temperature, weights: network.weights(&random),
            libraries: libraries, threads: threads)
        batches = IdentityBatches(of: training.identities, size: size)
        judged = [validation.judgements]
        bestScore = judged[0].worth
        (self.training, self.validation) = (training, validation)
    }

    /// Once over all photos; `nil` where the loss is no number any more.
    mutating func goThrough(rate: Float, _ random: inout LinearCongruence) throws -> (loss: Double, score: Double)? {
        var loss = 0.0
        for _ in 0..<batches.count {
            let rows = training.rows(batches.next(&random)).thinned(by: Self.dropout, &random)
            loss += try steps.step(on: rows, rate: rate) / Double(batches.count)
        }
        guard loss.isFinite else { return nil }
        let score = try judge()
        history.append((loss, score))
        return (loss, score)
    }

    private mutating func judge() throws -> Double {
        let residual = try steps.residual()
        let after = validation.adapted(by: .residual(residual)).judgements
        judged.append(after)
        if after.worth > bestScore, after.areBetter(than: judged[0]) {
            (best, bestScore, epochsWithoutGain) = (residual, after.worth, 0)
        } else {
            epochsWithoutGain += 1
        }
        return after.worth
    }
}

extension VectorAdapter {
    /// The network alone.
    fileprivate static func residual(_ residual: Residual) -> VectorAdapter {
        VectorAdapter(
            scale: [Float](repeating: 1, count: residual.outerBias.count), whitening: nil, residual: residual)
    }
}
