import Imaging
import Networks

/// The models for programs: `{"models":[{"id":…,"installed":…,"weights":{…}}],"trained":[{"name":…,"base":…}]}`.
public struct ModelListing: Encodable, Sendable {
    private let models: [Entry]
    private let trained: [Trained]

    /// Those of the registry, and those that were trained here.
    public init(_ entries: [ModelEntry], trained: [TrainedModel]) throws(EmbedderError) {
        models = try entries.map { (entry) throws(EmbedderError) in try Self.entry(entry) }
        self.trained = trained.map(Trained.init)
    }

    private static func entry(_ entry: ModelEntry) throws(EmbedderError) -> Entry {
        let (model, input) = (entry.model, try entry.choice.input)
        return Entry(
            id: model.id, summary: model.summary, isDefault: entry.isStandard, installed: entry.isInstalled,
            features: try model.features.map { (features) throws(EmbedderError) in
                Layer(name: features, dimension: try ModelChoice(model.id, features: features).dimension)
            },
            inputSide: input.side, framing: input.framing, quality: model.quality,
            weights: model.weights.map {
                Weights(
                    file: $0.file, size: $0.size, sha256: $0.digest, licence: $0.licence, source: $0.source.description)
            })
    }

    private struct Trained: Encodable, Sendable {
        let name: String
        /// `null` where it began with nothing.
        let base: String?
        let recipe: Recipe
        let photos: Int
        let labels: Int
        /// `null` where it was learnt without labels: then nobody knows.
        let validation: TrainedModel.Validation?

        enum CodingKeys: String, CodingKey { case name, base, recipe, photos, labels, validation }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(base, forKey: .base)
            try container.encode(recipe, forKey: .recipe)
            try container.encode(photos, forKey: .photos)
            try container.encode(labels, forKey: .labels)
            try container.encode(validation, forKey: .validation)
        }

        init(_ model: TrainedModel) {
            (name, base, recipe) = (model.name, model.card.origin.base, model.card.origin.recipe)
            (photos, labels) = (model.card.photos, model.card.identities)
            validation = model.card.identities > 0 ? model.card.validation : nil
        }
    }

    private struct Entry: Encodable, Sendable {
        let id: String
        let summary: String
        let isDefault: Bool
        let installed: Bool
        /// By the names of features, the first of which is the default.
        let features: [Layer]
        let inputSide: Int
        let framing: Framing
        /// The share of queries whose nearest neighbour is of the same type; `null` where it was not measured.
        let quality: Double?
        /// `null` for a model without any.
        let weights: Weights?

        enum CodingKeys: String, CodingKey {
            case id, summary, installed, features, inputSide, framing, quality, weights
            case isDefault = "default"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(summary, forKey: .summary)
            try container.encode(isDefault, forKey: .isDefault)
            try container.encode(installed, forKey: .installed)
            try container.encode(features, forKey: .features)
            try container.encode(inputSide, forKey: .inputSide)
            try container.encode(framing, forKey: .framing)
            try container.encode(quality, forKey: .quality)
            try container.encode(weights, forKey: .weights)
        }
    }

    private struct Layer: Encodable, Sendable {
        let name: Features
        let dimension: Int
    }

    private struct Weights: Encodable, Sendable {
        let file: String
        let size: Int
        let sha256: String
        let licence: String
        let source: String
    }
}
