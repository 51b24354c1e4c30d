import Imaging
import Networks
import Vectors

/// Photos that a network learns from, in batches, and those that are kept back to tell what it has learnt.
struct DividedPhotos<Photos: TrainingPhotos>: Sendable {
    let batches: PhotoBatches<Photos>
    let validation: ValidationPictures
    /// What a model describes them by already that are kept back.
    private let before: LabelledVectors
    private let spared: Spared

    /// So many photos, about, tell what was learnt: each time that all others were learnt from.
    private static var validationLimit: Int { 1000 }

    /// Throws a `TrainingProblem` where nothing can be learnt, or nobody could tell what it is worth.
    init(_ photos: Photos, knownBy known: LabelledVectors, for recipe: NetworkRecipe, seed: UInt64) async throws {
        var random = LinearCongruence(seed: seed)
        let division = Division(of: known.identities, series: known.series, most: Self.validationLimit, &random)
        try division.check(known.identities, series: known.series)
        validation = await ValidationPictures(
            of: division.validation, in: photos, series: known.series, for: recipe)
        (before, spared) = (known.rows(validation.rows), division.spared)
        batches = PhotoBatches(of: division.training, in: photos, for: recipe, seed: seed)
        guard Set(before.askers.map { [before] in before.identities[$0] }).count > 1 else {
            throw TrainingProblem.illegible
        }
        guard batches.size > 0 else { throw TrainingProblem.tooFew }
    }

    /// To be told before learning begins.
    var event: TrainingEvent {
        .divided(training: batches.rows.count, validation: validation.rows.count, spared: spared)
    }

    /// What it is worth that has been learnt.
    func verdict(of progress: LearningProgress, isFinished: Bool) -> Verdict {
        let crossing = CrossFitting(of: before, spared)
        let choices = crossing.choices(among: progress.judged) { $0.best }
        return Verdict(
            learntFrom: batches.rows, validation: validation.rows, groups: before.groups(spared),
            before: before.judgements, after: crossing.judgements { progress.judged[choices[$0] ?? 0] },
            isFinished: isFinished, history: progress.history)
    }
}
