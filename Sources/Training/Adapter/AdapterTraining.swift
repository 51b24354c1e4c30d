import Evaluation
public import Inference
import Networks
public import Vectors

/// Learns from labelled photos how their vectors become such as tell apart what the labels tell apart.
///
/// First a whitening, with as much shrinkage as serves photos best that it has not learnt from; then a residual network by a contrastive
/// loss (Khosla et al. 2020), as long as it serves those better.
public struct AdapterTraining: Sendable {
    /// Decides all that is drawn: the same seed gives the same adapter on the same machine.
    public var seed: UInt64 = 1
    /// So many times over all photos at most.
    public var epochs = 60
    /// Ends after so many times without being better.
    public var patience = 10
    /// How many threads a step computes on.
    public var threads = 1

    private static let batch = 256
    private static let hidden = 512
    private static let temperature: Float = 0.1
    private static let rate: Float = 0.001
    /// Of the numbers of a vector, so many are left out when it is learnt from (Srivastava et al. 2014).
    private static let dropout: Float = 0.2
    private static let shrinkages: [Float] = [0.1, 0.3, 1, 3, 10, 30, 100]

    /// As it does best on photos that nobody described before.
    public init() {}

    /// What is told while it goes on.
    public enum Event: Sendable {
        /// Photos that are learnt from, and those that tell whether it holds for others; whether these show other identities.
        case divided(training: Int, validation: Int, isByIdentity: Bool)
        /// What the vectors are worth as they are, and whitened at best.
        case whitened(before: Double, after: Double, shrinkage: Float?)
        /// After so many times over all photos: the mean loss, and what the vectors are worth now.
        case learnt(epoch: Int, loss: Double, score: Double)
    }

    /// What came of it.
    public struct Outcome: Sendable {
        /// A matrix, where vectors are better after one, and a network, where that serves photos better beyond doubt.
        public let adapter: VectorAdapter
        /// Photos that only told whether it holds, by their rows.
        public let validation: [Int]
        /// What is told of each time over all photos.
        public let history: [(loss: Double, score: Double)]
    }

    /// Learns from rows of length one. Ends early, with the best so far, where `tell` returns false.
    ///
    /// Throws an `InferenceError` where a step cannot be computed, and an `AdapterProblem` for photos that nothing can be learnt from.
    public func run(
        on vectors: LabelledVectors, libraries: InferenceLibraries, tell: (Event) -> Bool
    ) throws -> Outcome {
        var random = SeededRandom(state: seed)
        let division = Division(of: vectors.identities, &random)
        let (training, validation) = (vectors.rows(division.training), vectors.rows(division.validation))
        try check(training, validation)
        _ = tell(
            .divided(training: training.count, validation: validation.count, isByIdentity: division.isByIdentity))
        let whitening = bestWhitening(training, validation, tell: tell)
        let scale = [Float](repeating: 1, count: vectors.dimension)
        let whitened = VectorAdapter(scale: scale, whitening: whitening, residual: nil)
        let (residual, history) = try learn(
            from: training.adapted(by: whitened), validation.adapted(by: whitened), libraries: libraries, &random,
            tell: tell)
        let adapter = VectorAdapter(scale: scale, whitening: whitening, residual: residual)
        return Outcome(adapter: adapter, validation: division.validation, history: history)
    }

    private func check(_ training: LabelledVectors, _ validation: LabelledVectors) throws(AdapterProblem) {
        let counts = Dictionary(grouping: training.identities) { $0 }.mapValues(\.count)
        guard counts.count > 1 else { throw .oneIdentity }
        guard counts.values.contains(where: { $0 > 1 }) else { throw .onePhotoEach }
        guard validation.retrieval > 0 else { throw .tooFew }
    }

    // MARK: Whitening

    private func bestWhitening(
        _ training: LabelledVectors, _ validation: LabelledVectors, tell: (Event) -> Bool
    ) -> [Float]? {
        let before = validation.normalized.retrieval
        let covariance = WithinClassCovariance(
            of: training.numbers, identities: training.identities, dimension: training.dimension)
        var best: (score: Double, shrinkage: Float?, rows: [Float]?) = (before, nil, nil)
        for shrinkage in Self.shrinkages {
            let rows = Whitening(covariance, shrinkage: shrinkage).rows
            let score = validation.transformed(by: rows).retrieval
            if score > best.score { best = (score, shrinkage, rows) }
        }
        _ = tell(.whitened(before: before, after: best.score, shrinkage: best.shrinkage))
        return best.rows
    }

    // MARK: The residual network

    private func learn(
        from training: LabelledVectors, _ validation: LabelledVectors, libraries: InferenceLibraries,
        _ random: inout SeededRandom, tell: (Event) -> Bool
    ) throws -> (residual: VectorAdapter.Residual?, history: [(loss: Double, score: Double)]) {
        let network = AdapterNetwork(dimension: training.dimension, hidden: Self.hidden)
        var batches = IdentityBatches(of: training.identities, size: min(Self.batch, training.count))
        var steps = try AdapterSteps(
            network, batch: min(Self.batch, training.count), temperature: Self.temperature,
            weights: network.weights(&random), libraries: libraries, threads: threads)
        let before = validation.judgements
        var best: (score: Double, epoch: Int, residual: VectorAdapter.Residual?) = (validation.retrieval, 0, nil)
        var history: [(loss: Double, score: Double)] = []
        for epoch in 1...epochs {
            var losses: [Double] = []
            for _ in 0..<batches.count {
                let rows = training.rows(batches.next(&random)).thinned(by: Self.dropout, &random)
                losses.append(try steps.step(on: rows, rate: rate(at: epoch)))
            }
            let loss = losses.reduce(0, +) / Double(losses.count)
            guard loss.isFinite else { throw AdapterProblem.diverged(epoch: epoch) }
            let residual = try steps.residual()
            let after = validation.adapted(by: .residual(residual)).judgements
            let score = after.reduce(0) { $0 + $1.worth } / Double(after.count)
            history.append((loss, score))
            if score > best.score, after.areBetter(than: before) { best = (score, epoch, residual) }
            guard tell(.learnt(epoch: epoch, loss: loss, score: score)), epoch - best.epoch < patience else { break }
        }
        return (best.residual, history)
    }

    /// Half a cosine down to nothing (Loshchilov & Hutter 2017).
    private func rate(at epoch: Int) -> Float {
        let passed = Double(epoch - 1) / Double(epochs)
        return Self.rate * Float((1 + cosine(passed * .pi)) / 2)
    }
}

extension [Judgement] {
    /// Beyond doubt, of the same queries.
    fileprivate func areBetter(than others: [Judgement]) -> Bool {
        Estimate(zip(self, others).map { $0.worth - $1.worth }).lower > 0
    }
}

extension VectorAdapter {
    /// The network alone.
    fileprivate static func residual(_ residual: Residual) -> VectorAdapter {
        VectorAdapter(
            scale: [Float](repeating: 1, count: residual.outerBias.count), whitening: nil, residual: residual)
    }
}

extension LabelledVectors {
    /// The same photos with what was learnt.
    public func adapted(by adapter: VectorAdapter) -> LabelledVectors {
        LabelledVectors(adapter.applied(toRows: numbers), dimension: dimension, identities: identities)
    }
}

/// Why nothing can be learnt from photos.
public enum AdapterProblem: Error, Hashable, CustomStringConvertible {
    case oneIdentity
    case onePhotoEach
    case tooFew
    case diverged(epoch: Int)

    /// What is wrong, and what would be right.
    public var description: String {
        switch self {
        case .oneIdentity: "all photos show the same: photos of at least two garments, or labels, are needed"
        case .onePhotoEach:
            "no label has two photos: what makes photos alike is learnt from several of one garment, or of one kind"
        case .tooFew:
            "there are too few photos to learn from some and see with others whether it holds: some dozens with a handful of labels are needed"
        case .diverged(let epoch):
            "the loss is no number any more after \(epoch) times over the photos: their vectors cannot be learnt from"
        }
    }
}
