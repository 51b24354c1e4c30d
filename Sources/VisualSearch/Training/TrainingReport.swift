public import Evaluation
public import SystemPackage
public import Vectors

/// A query among photos that were not learnt from, and what it finds.
public struct TrainingSample: Sendable {
    /// A photo that asks, or is found.
    public struct Photo: Sendable {
        /// Where it lies.
        public let path: FilePath
        /// What it shows.
        public let label: String
    }

    /// What was asked with.
    public let query: Photo
    /// The nearest, with the model as it was.
    public let before: [Photo]
    /// The nearest, with what was learnt.
    public let after: [Photo]
}

/// What came of training: what was learnt, and whether it serves photos that it was not learnt from.
public struct TrainingReport: Sendable {
    /// What was learnt.
    public let adapter: VectorAdapter
    /// Photos that were learnt from: they have a label that others have too.
    public let trainingCount: Int
    /// How many labels these have.
    public let identityCount: Int
    /// Photos without a label.
    public let unlabelledCount: Int
    /// Of those that asked: what the answers were worth, with the model as it was.
    public let before: Scores
    /// The same with what was learnt.
    public let after: Scores
    /// By how much it is better, query by query.
    public let difference: Scores
    /// How probable it is that mAP@10 is as much better by chance.
    public let chance: Double
    /// Queries whose answers became most different: those that gained most, and those that lost most.
    public let samples: [TrainingSample]
    /// After each time over all photos: the mean loss, and what the vectors were worth.
    public let history: [(loss: Double, score: Double)]

    /// Whether what was learnt is better beyond doubt.
    public var isBetter: Bool { chance < Self.leastDoubt }

    /// What lies above a 95 % interval.
    private static let leastDoubt = 0.025
}
