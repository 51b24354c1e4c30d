import Foundation
import Hashing
public import Imaging
public import Inference
public import Networks
import SystemPackage
public import Vectors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension ModelStore {
    private var trainedFolder: FilePath { folder.appending("trained") }

    private func cardPath(of name: String) -> FilePath { trainedFolder.appending("\(name).json") }

    /// In alphabetical order; those whose files are damaged are left out.
    public var trainedModels: [TrainedModel] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: trainedFolder.string)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().compactMap { try? trained(String($0.dropLast(5))) }
    }

    /// Whether a user of this machine calls a model of their own so.
    public func isTrained(_ name: String) -> Bool {
        Self.isName(name) && FileManager.default.fileExists(atPath: cardPath(of: name).string)
    }

    /// Throws where there is none of that name, or its files are damaged.
    public func trained(_ name: String) throws(EmbedderError) -> TrainedModel {
        let path = cardPath(of: name)
        guard let kept = try JSONFile(path).decode(KeptCard.self) else {
            throw .unknownModel(name, known: ModelRegistry.models.map(\.id))
        }
        let weights = trainedFolder.appending(kept.weights)
        do {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: weights.string)))
            let digest = SHA256Digest(of: bytes)
            guard kept.weights.hasSuffix("-\(digest.description.prefix(16)).safetensors") else {
                throw EmbedderError.unreadable(weights, reason: "it is damaged. Train \(name) again")
            }
            let adapter = try VectorAdapter(WeightFile(safetensors: bytes))
            return TrainedModel(name: name, card: kept.card, adapter: adapter, digest: digest)
        } catch let error as EmbedderError {
            throw error
        } catch let error as WeightFileError {
            throw .unreadable(weights, reason: "\(error)")
        } catch {
            throw .unreadable(weights, reason: "it cannot be read. Train \(name) again")
        }
    }

    /// Keeps a trained model under a name, in place of one that has it already: at once, or not at all. Throws for a name that is
    /// no name of a file, or another model's.
    @discardableResult
    public func install(_ adapter: VectorAdapter, as name: String, card: TrainedModel.Card) throws(EmbedderError)
        -> TrainedModel
    {
        try Self.check(name: name)
        let before = try? JSONFile(cardPath(of: name)).decode(KeptCard.self)
        do {
            let bytes = try adapter.tensors.safetensors()
            let weights = "\(name)-\(SHA256Digest(of: bytes).description.prefix(16)).safetensors"
            try FileManager.default.createDirectory(atPath: trainedFolder.string, withIntermediateDirectories: true)
            try write(Data(bytes), to: trainedFolder.appending(weights))
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try write(encoder.encode(KeptCard(weights: weights, card: card)), to: cardPath(of: name))
            if let before, before.weights != weights { unlink(trainedFolder.appending(before.weights).string) }
        } catch {
            throw .unreadable(trainedFolder, reason: "the model cannot be kept: \(error.localizedDescription)")
        }
        return try trained(name)
    }

    /// Forgets a trained model; what it described stays in catalogues. Throws where there is none of that name, or it cannot be removed.
    public func removeTrained(_ name: String) throws(EmbedderError) {
        let kept = try? JSONFile(cardPath(of: name)).decode(KeptCard.self)
        guard isTrained(name), unlink(cardPath(of: name).string) == 0 else {
            throw .unreadable(cardPath(of: name), reason: "it cannot be removed: \(String(cString: strerror(errno)))")
        }
        if let kept { unlink(trainedFolder.appending(kept.weights).string) }
    }

    private func write(_ data: Data, to path: FilePath) throws {
        try data.write(to: URL(fileURLWithPath: path.string), options: .atomic)
    }

    /// Throws for a name that no trained model can have.
    public static func check(name: String) throws(EmbedderError) {
        guard isName(name) else { throw .badName(name) }
        if (try? ModelRegistry.model(named: name)) != nil { throw .nameTaken(name) }
    }

    private static func isName(_ name: String) -> Bool {
        let allowed = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        return allowed && !name.isEmpty && name.count <= 60 && name.first != "." && name.first != "-"
            && !name.lowercased().hasSuffix(".onnx") && name.lowercased() != "onnx"
    }

    /// A model of that name, trained ones included: see `ModelChoice.init`. A trained model looks at photos as it did in training:
    /// throws where something else is asked for.
    public func choice(
        _ name: String = ModelRegistry.standard, features: Features? = nil, framing: Framing? = nil,
        card: ModelCard = ModelCard(), engine: EngineName = .auto, settings: SessionSettings = SessionSettings()
    ) throws(EmbedderError) -> ModelChoice {
        guard isTrained(name) else {
            return try ModelChoice(
                name, features: features, framing: framing, card: card, engine: engine, settings: settings)
        }
        let trained = try trained(name)
        guard card == ModelCard(), features == nil, framing == nil else { throw .fixedByTraining(name) }
        var choice = try ModelChoice(
            trained.card.base, features: trained.card.features, framing: trained.card.framing, engine: engine,
            settings: settings)
        choice.cutOut = trained.card.cutOut
        guard choice.identity == trained.card.space, choice.dimension == trained.adapter.dimension else {
            throw .trainedOnAnother(name, choice.model.id)
        }
        return choice.adapted(by: trained)
    }
}

/// What a card's file says.
private struct KeptCard: Codable {
    /// The name of a file beside it.
    let weights: String
    let card: TrainedModel.Card

    init(weights: String, card: TrainedModel.Card) { (self.weights, self.card) = (weights, card) }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        weights = try container.decode(String.self, forKey: .weights)
        card = try container.decode(TrainedModel.Card.self, forKey: .card)
        guard !weights.contains("/") else {
            throw DecodingError.dataCorruptedError(
                forKey: .weights, in: container, debugDescription: "it names no file beside it")
        }
    }
}
