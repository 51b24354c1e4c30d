import Catalogue
public import Embedders
import Evaluation
import Imaging
import Inference
import Networks
public import Training
import Vectors

extension SearchEngine {
    /// Learns from the photos in some folders, of which the catalogue has embeddings, how they are described such that neighbours are
    /// what labels say.
    ///
    /// Ends early, with the best so far, where `tell` returns false. A network that learns is kept from time to time under `name`, so
    /// that learning can go on after a kill. Throws a `LabelError` or a `TrainingProblem` for photos that nothing can be learnt from, and a
    /// `SearchError` where the recipe does not go with the model.
    public nonisolated func train(
        _ name: String, _ options: TrainingOptions, in folders: [PhotoFolder], installation: Installation = .standard,
        tell: (TrainingEvent) -> Bool
    ) async throws -> TrainingReport {
        let origin = try trainingOrigin(of: name, options.recipe)
        let material = LearningMaterial(
            try await photos(for: options, in: folders), scale: scale(by: options.match),
            isLabelled: options.labels != nil)
        guard material.photos.photoCount > 0 else { throw LabelError.noneInFolders }
        if case .embeddings = origin {
            return try learnAdapter(material, origin, options, libraries: installation.libraries, tell: tell)
        }
        let course = NetworkCourse(
            name: name, origin: origin, options: options, engine: self, installation: installation)
        return try await course.run(on: material, tell: tell)
    }

    private nonisolated func photos(for options: TrainingOptions, in folders: [PhotoFolder]) async throws
        -> LabelledPhotos
    {
        guard let labels = options.labels else { return try await alteredPhotos(in: folders, seed: options.seed) }
        return try await LabelledPhotos(in: folders, of: self) {
            labels.label(of: $0)
        } series: {
            options.series?.label(of: $0)
        }
    }

    private nonisolated func learnAdapter(
        _ material: LearningMaterial, _ origin: TrainingOrigin, _ options: TrainingOptions,
        libraries: InferenceLibraries, tell: (TrainingEvent) -> Bool
    ) throws -> TrainingReport {
        var training = AdapterTraining()
        (training.seed, training.threads) = (options.seed, processors)
        training.epochs = options.epochs ?? training.epochs
        if !material.isLabelled { (training.epochs, training.leastShrinkage) = (0, Self.cautiousShrinkage) }
        let outcome = try training.run(on: material.vectors, libraries: libraries, tell: tell)
        let adapter = VectorAdapter(
            scale: material.scale, whitening: outcome.adapter.whitening, residual: outcome.adapter.residual)
        let after = material.vectors.rows(outcome.verdict.validation).adapted(by: outcome.adapter)
        return TrainingReport(.adapter(adapter), origin, material, outcome.verdict, after: after)
    }

    /// With less, or with a network, altered photos find one another ever better, and photos that people labelled worse.
    private static let cautiousShrinkage: Float = 3

    /// So that two photos' product is what a search would find them alike by.
    private nonisolated func scale(by match: Match) -> [Float] {
        guard let views = choice.views else { return [Float](repeating: 1, count: choice.dimension) }
        let ones = Embedding([Float](repeating: 1, count: views.dimension))
        return views.query(ones, weights: match.weights).values.map { $0.squareRoot() }
    }

    /// What of this engine's model a recipe begins with for a model of that name. Throws a `SearchError` where it cannot begin with that,
    /// and an `EmbedderError` where that is the model itself.
    public nonisolated func trainingOrigin(of name: String, _ recipe: Recipe) throws -> TrainingOrigin {
        guard choice.model.id != name else { throw EmbedderError.trainedOnItself(name) }
        guard choice.trained == nil else { throw SearchError.trainedAlready(choice.trained?.name ?? "") }
        if case .foreign = choice.model.kind { throw SearchError.trainsOnNoFile(choice.model.id) }
        if choice.settings.precision == .int8 { throw SearchError.trainsInNoIntegers(choice.model.id) }
        guard recipe == .adapter || choice.cutOut == .never else { throw SearchError.trainsOnWholePhotos(recipe) }
        switch recipe {
        case .adapter:
            return .embeddings(
                TrainingOrigin.Embeddings(
                    base: choice.model.id, space: choice.identity, features: choice.features, framing: choice.framing,
                    cutOut: choice.cutOut))
        case .fineTune:
            if case .neural(_, _, .learnt) = choice.model.kind { throw SearchError.trainedAlready(choice.model.id) }
            guard case .neural(let network, _, _) = choice.model.kind, !network.lastStages.isEmpty else {
                throw SearchError.hasNoLastStages(choice.model.id)
            }
            return .network(of: choice.model.id, framing: choice.framing)
        case .autoencoder, .unet:
            return .painter(UNet(hasBridges: recipe == .unet), framing: choice.framing ?? .squash)
        }
    }
}
