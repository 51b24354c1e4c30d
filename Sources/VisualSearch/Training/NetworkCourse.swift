import Catalogue
import Embedders
import Foundation
import Hashing
import Imaging
import Inference
import Networks
import SystemPackage
import Training

/// What a network goes through to learn from photos.
struct NetworkCourse {
    let name: String
    let origin: TrainingOrigin
    let options: TrainingOptions
    let engine: SearchEngine
    let installation: Installation

    func run(on material: LearningMaterial, tell: (TrainingEvent) -> Bool) async throws -> TrainingReport {
        var training = NetworkTraining(try recipe)
        training.seed = options.seed
        training.epochs = options.epochs ?? training.epochs
        training.settings.threads = engine.processors
        training.settings.device = engine.choice.settings.device == .cuda ? .cuda : .cpu
        let file = CheckpointFile(of: name, in: installation.models)
        let plan = try plan(of: material.photos, epochs: training.epochs)
        let outcome = try await training.run(
            on: LabelledPictures(material.photos, decoder: engine.decoder), knownBy: material.vectors, plan: plan,
            from: options.isResumed ? try file.checkpoint(of: plan) : nil, libraries: installation.libraries,
            keep: file.keep, tell: tell)
        return TrainingReport(
            .network(outcome.weights), origin, material, outcome.verdict, after: outcome.vectors,
            paintings: outcome.paintings)
    }

    private var recipe: NetworkRecipe {
        get throws {
            switch (origin, engine.choice.model.kind) {
            case (.painter(let network, let framing), _):
                return try .painting(network, input: network.input(framing), seed: options.seed)
            case (_, .neural(let network, _, _)):
                let weights = try installation.models.weights(of: engine.choice.model)
                return .fineTuning(network, input: engine.choice.input, weights: weights)
            default: throw SearchError.hasNoLastStages(engine.choice.model.id)
            }
        }
    }

    /// Rises whenever the same photos would be learnt from in another way.
    private static let revision = 1

    /// Names all that decides what is learnt.
    private func plan(of photos: LabelledPhotos, epochs: Int) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let rows = photos.rows.map { "\($0.path) \($0.content) \($0.label) \($0.series ?? "")" }
        let words = [
            String(decoding: try encoder.encode(origin), as: UTF8.self), engine.choice.identity,
            "r\(Self.revision) \(options.seed) \(epochs) \(photos.photoCount) \(engine.processors)",
        ]
        return SHA256Digest(of: Array((words + rows).joined(separator: "\n").utf8)).description
    }
}
