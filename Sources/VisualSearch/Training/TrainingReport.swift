public import Embedders
public import Evaluation
import Foundation
public import Networks
public import SystemPackage
public import Training
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
    public enum Learnt: Sendable {
        /// What becomes of the model's embeddings.
        case adapter(VectorAdapter)
        /// The weights of a network.
        case network(WeightFile)
    }

    /// What was learnt.
    public let learnt: Learnt
    /// What it began with.
    public let origin: TrainingOrigin
    /// Photos that were learnt from.
    public let trainingCount: Int
    /// How many labels these have; none where nobody labelled them.
    public let identityCount: Int
    /// Photos without a label, where others have one.
    public let unlabelledCount: Int
    /// Of those that asked: what the answers were worth, with the model as it was.
    public let before: Scores
    /// The same with what was learnt.
    public let after: Scores
    /// By how much it is better, query by query.
    public let difference: Scores
    /// How probable it is that mAP@10 is as much better by chance.
    public let chance: Double
    /// Queries whose answers became most different: those that gained most, and those that lost most; none where nobody labelled them.
    public let samples: [TrainingSample]
    /// What a network paints that has learnt to.
    public let paintings: [(path: FilePath, painting: Painting)]
    /// After each time over all photos: the mean loss, and what the vectors were worth.
    public let history: [(loss: Double, score: Double)]

    /// Whether somebody said what photos show.
    public var isLabelled: Bool { identityCount > 0 }

    /// Whether photos that were taken together were kept apart.
    public let isBySeries: Bool
    /// Whether all was learnt that there was to learn: nobody ended it before.
    public let isFinished: Bool
    /// Whether too few of what rises and falls together asked, labels or series, for anything to be beyond doubt.
    public let isTooFew: Bool

    /// Whether what was learnt is better beyond doubt. Altered photos can tell that of nothing but altered photos.
    public var isBetter: Bool { isLabelled && chance < Self.leastDoubt }

    /// What lies above a 95 % interval.
    private static let leastDoubt = 0.025
}

extension TrainingReport {
    /// `after` are vectors of the photos that the verdict is of.
    init(
        _ learnt: Learnt, _ origin: TrainingOrigin, _ material: LearningMaterial, _ verdict: Verdict,
        after: LabelledVectors, paintings: [Painting] = []
    ) {
        (isBySeries, isFinished) = (material.vectors.series != nil, verdict.isFinished)
        let photos = material.photos
        let learntFrom = photos.count(of: verdict.learntFrom)
        (self.learnt, self.origin, history) = (learnt, origin, verdict.history)
        (trainingCount, identityCount) = (learntFrom.photos, material.isLabelled ? learntFrom.labels : 0)
        unlabelledCount = photos.unlabelledCount
        let differences = zip(verdict.after, verdict.before).map { ($0, $1) }
        (before, self.after) = (Scores(verdict.before), Scores(verdict.after))
        difference = Scores(differences: differences)
        chance = Self.chance(of: differences, groups: verdict.groups)
        // The least that can happen by chance, all of them better, is one half to the power of their number.
        isTooFew = pow(0.5, Double(Set(verdict.groups).count)) >= Self.leastDoubt
        samples =
            material.isLabelled
            ? photos.samples(of: verdict.validation, material.vectors.rows(verdict.validation), after) : []
        self.paintings = paintings.map { (photos.rows[$0.row].path, $0) }
    }

    /// Photos that rise and fall together count as one.
    private static func chance(of differences: [(Judgement, Judgement)], groups: [Int]) -> Double {
        let gains = differences.map {
            $0.averagePrecision(within: Measure.depth) - $1.averagePrecision(within: Measure.depth)
        }
        let byGroup = Dictionary(grouping: gains.indices) { groups[$0] }.sorted { $0.key < $1.key }
        return Randomization(of: byGroup.map { _, rows in rows.reduce(0) { $0 + gains[$1] } / Double(rows.count) })
            .chance
    }
}
