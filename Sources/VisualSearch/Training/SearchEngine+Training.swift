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
        let photos = try await labelledPhotos(options.labels, in: folders)
        guard !photos.labels.isEmpty else { throw LabelError.noneInFolders }
        let vectors = scaled(photos, by: options.match)
        var training = AdapterTraining()
        (training.seed, training.threads) = (options.seed, processors)
        let outcome = try training.run(on: vectors, libraries: libraries, tell: tell)
        let scale = scale(by: options.match)
        let adapter = VectorAdapter(
            scale: scale, whitening: outcome.adapter.whitening, residual: outcome.adapter.residual)
        let validation = vectors.rows(outcome.validation)
        let (before, after) = (validation.judgements, validation.adapted(by: outcome.adapter).judgements)
        return TrainingReport(
            adapter: adapter, trainingCount: vectors.identities.count - outcome.validation.count,
            validationCount: outcome.validation.count, identityCount: Set(photos.labels).count,
            unlabelledCount: photos.unlabelled, before: Scores(before), after: Scores(after),
            difference: Scores(differences: zip(after, before).map { ($0, $1) }), history: outcome.history)
    }

    /// One of each content: copies would teach that copies are alike.
    private nonisolated func labelledPhotos(_ labels: PhotoLabels, in folders: [PhotoFolder]) async throws
        -> (embeddings: [Embedding], labels: [String], unlabelled: Int)
    {
        var (pages, seen) = (EmbeddedPages(of: folders, in: catalogue, space: space, limit: 1024), Set<Int64>())
        var (embeddings, names, unlabelled): ([Embedding], [String], Int) = ([], [], 0)
        while let page = try await pages.next() {
            for (photo, embedding) in page where seen.insert(photo.content).inserted {
                guard let label = labels.label(of: photo.path) else {
                    unlabelled += 1
                    continue
                }
                embeddings.append(embedding)
                names.append(label)
            }
        }
        return (embeddings, names, unlabelled)
    }

    private nonisolated func scaled(
        _ photos: (embeddings: [Embedding], labels: [String], unlabelled: Int), by match: Match
    ) -> LabelledVectors {
        let numbers = Dictionary(zip(photos.labels, 0...)) { first, _ in first }
        let scale = VectorAdapter(scale: scale(by: match), whitening: nil, residual: nil)
        return LabelledVectors(
            scale.applied(toRows: photos.embeddings.flatMap(\.values)), dimension: choice.dimension,
            identities: photos.labels.map { numbers[$0] ?? 0 })
    }

    /// So that two photos' product is what a search would find them alike by.
    private nonisolated func scale(by match: Match) -> [Float] {
        guard let views = choice.views else { return [Float](repeating: 1, count: choice.dimension) }
        let ones = Embedding([Float](repeating: 1, count: views.dimension))
        return views.query(ones, weights: match.weights).values.map { $0.squareRoot() }
    }
}

extension SearchEngine {
    /// What a model that is trained on this one's embeddings needs of it. Throws a `SearchError` where it was trained itself, or its
    /// embeddings cannot be made again from a name.
    public nonisolated func cardForTraining() throws -> TrainedModel.Card {
        guard choice.trained == nil else { throw SearchError.trainedAlready(choice.trained?.name ?? "") }
        if case .foreign = choice.model.kind { throw SearchError.trainsOnNoFile(choice.model.id) }
        return TrainedModel.Card(
            base: choice.model.id, features: choice.features, framing: choice.framing, cutOut: choice.cutOut,
            recipe: "adapter", photos: 0, identities: 0,
            validation: TrainedModel.Validation(queries: 0, before: 0, after: 0, difference: Estimate([])))
    }
}
