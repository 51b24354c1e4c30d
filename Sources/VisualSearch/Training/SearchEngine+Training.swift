import Catalogue
public import Embedders
import Evaluation
public import Inference
import SystemPackage
public import Training
import Vectors

extension SearchEngine {
    /// Learns an adapter from the photos in some folders that have a label, by embeddings that the catalogue has.
    ///
    /// Ends early, with the best so far, where `tell` returns false. Throws a `LabelError` or an `AdapterProblem` for photos that
    /// nothing can be learnt from, and a `SearchError` where the model was trained already.
    public nonisolated func train(
        _ options: TrainingOptions, in folders: [PhotoFolder], libraries: InferenceLibraries,
        tell: (AdapterTraining.Event) -> Bool
    ) async throws -> TrainingReport {
        guard choice.trained == nil else { throw SearchError.trainedAlready(choice.trained?.name ?? "") }
        let photos = try await LabelledPhotos(options.labels, in: folders, of: self)
        guard photos.count > 0 else { throw LabelError.noneInFolders }
        let scale = scale(by: options.match)
        let vectors = photos.vectors(scaledBy: scale)
        var training = AdapterTraining()
        (training.seed, training.threads) = (options.seed, processors)
        let outcome = try training.run(on: vectors, libraries: libraries, tell: tell)
        return TrainingReport(of: outcome, on: photos, vectors, scale: scale)
    }

    /// So that two photos' product is what a search would find them alike by.
    private nonisolated func scale(by match: Match) -> [Float] {
        guard let views = choice.views else { return [Float](repeating: 1, count: choice.dimension) }
        let ones = Embedding([Float](repeating: 1, count: views.dimension))
        return views.query(ones, weights: match.weights).values.map { $0.squareRoot() }
    }
}

extension TrainingReport {
    fileprivate init(
        of outcome: AdapterTraining.Outcome, on photos: LabelledPhotos, _ vectors: LabelledVectors, scale: [Float]
    ) {
        let validation = vectors.rows(outcome.validation)
        let learnt = validation.adapted(by: outcome.adapter)
        let differences = zip(outcome.after, outcome.before).map { ($0, $1) }
        let learntFrom = photos.learntFrom(without: outcome.validation)
        self.init(
            adapter: VectorAdapter(
                scale: scale, whitening: outcome.adapter.whitening, residual: outcome.adapter.residual),
            trainingCount: learntFrom.photos, identityCount: learntFrom.labels, unlabelledCount: photos.unlabelledCount,
            before: Scores(outcome.before), after: Scores(outcome.after), difference: Scores(differences: differences),
            chance: Self.chance(
                of: differences, groups: outcome.isByIdentity ? outcome.askers : Array(differences.indices)),
            samples: photos.samples(of: outcome.validation, validation, learnt), history: outcome.history)
    }

    /// Photos of one label rise and fall together where labels are many: then these are what differs.
    private static func chance(of differences: [(Judgement, Judgement)], groups: [Int]) -> Double {
        let gains = differences.map {
            $0.averagePrecision(within: Measure.depth) - $1.averagePrecision(within: Measure.depth)
        }
        let byGroup = Dictionary(grouping: gains.indices) { groups[$0] }.sorted { $0.key < $1.key }
        return Randomization(of: byGroup.map { _, rows in rows.reduce(0) { $0 + gains[$1] } / Double(rows.count) })
            .chance
    }
}

extension SearchEngine {
    /// What a model that is trained on this one's embeddings needs of it. Throws a `SearchError` where it was trained itself, or its
    /// embeddings cannot be made again from a name.
    public nonisolated func cardForTraining() throws -> TrainedModel.Card {
        guard choice.trained == nil else { throw SearchError.trainedAlready(choice.trained?.name ?? "") }
        if case .foreign = choice.model.kind { throw SearchError.trainsOnNoFile(choice.model.id) }
        if choice.settings.precision == .int8 { throw SearchError.trainsInNoIntegers(choice.model.id) }
        return TrainedModel.Card(
            base: choice.model.id, space: choice.identity, features: choice.features, framing: choice.framing,
            cutOut: choice.cutOut,
            recipe: "adapter", photos: 0, identities: 0,
            validation: TrainedModel.Validation(queries: 0, before: 0, after: 0, difference: Estimate([])))
    }
}
