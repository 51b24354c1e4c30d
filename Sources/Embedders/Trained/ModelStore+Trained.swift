import Foundation
import Hashing
public import Imaging
public import Inference
public import Networks
public import SystemPackage
public import Vectors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension ModelStore {
    private var trainedFolder: FilePath { folder.appending("trained") }

    private func cardPath(of name: String) -> FilePath { trainedFolder.appending("\(name).json") }

    /// Where what has been learnt so far is kept while a model of that name is trained.
    public func checkpointPath(of name: String) -> FilePath { trainedFolder.appending("\(name).checkpoint") }

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
        guard let kept = try JSONFile(cardPath(of: name)).decode(KeptCard.self) else {
            throw .unknownModel(name, known: ModelRegistry.models.map(\.id))
        }
        let weights = LearntWeights(path: trainedFolder.appending(kept.weights), digest: kept.digest)
        if let model = try ModelDescription(name, from: kept.card.origin, weights: weights) {
            return TrainedModel(name: name, card: kept.card, learnt: .network(model), digest: kept.digest)
        }
        let adapter = try adapter(of: name, weights)
        return TrainedModel(name: name, card: kept.card, learnt: .adapter(adapter), digest: kept.digest)
    }

    /// It is small, so that it can be looked through each time.
    private func adapter(of name: String, _ weights: LearntWeights) throws(EmbedderError) -> VectorAdapter {
        do {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: weights.path.string)))
            guard SHA256Digest(of: bytes) == weights.digest else {
                throw EmbedderError.unreadable(weights.path, reason: "it is damaged. Train \(name) again")
            }
            return try VectorAdapter(WeightFile(safetensors: bytes))
        } catch let error as EmbedderError {
            throw error
        } catch let error as WeightFileError {
            throw .unreadable(weights.path, reason: "\(error)")
        } catch {
            throw .unreadable(weights.path, reason: "it cannot be read. Train \(name) again")
        }
    }

    /// Keeps what became of another model's embeddings under a name: see `install(_:as:card:)` of weights.
    @discardableResult
    public func install(_ adapter: VectorAdapter, as name: String, card: TrainedModel.Card) throws(EmbedderError)
        -> TrainedModel
    {
        try install(adapter.tensors, as: name, card: card)
    }

    /// Keeps a trained model under a name, in place of one that has it already: at once, or not at all. Throws for a name that is
    /// no name of a file, or another model's.
    @discardableResult
    public func install(_ weights: WeightFile, as name: String, card: TrainedModel.Card) throws(EmbedderError)
        -> TrainedModel
    {
        try Self.check(name: name)
        guard card.origin.base != name else { throw .trainedOnItself(name) }
        let before = try? JSONFile(cardPath(of: name)).decode(KeptCard.self)
        do {
            let bytes = try weights.safetensors()
            let kept = KeptCard(weightsOf: name, digest: SHA256Digest(of: bytes), card: card)
            try FileManager.default.createDirectory(atPath: trainedFolder.string, withIntermediateDirectories: true)
            try write(Data(bytes), to: trainedFolder.appending(kept.weights))
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try write(encoder.encode(kept), to: cardPath(of: name))
            if let before, before.weights != kept.weights { unlink(trainedFolder.appending(before.weights).string) }
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
        unlink(checkpointPath(of: name).string)
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

    /// A model of that name, trained ones included: see `ModelChoice.init`. Where it is what was learnt of another model's embeddings,
    /// it looks at photos as it did in training: throws where something else is asked for.
    public func choice(
        _ name: String = ModelRegistry.standard, features: Features? = nil, framing: Framing? = nil,
        card: ModelCard = ModelCard(), engine: EngineName = .auto, settings: SessionSettings = SessionSettings()
    ) throws(EmbedderError) -> ModelChoice {
        guard isTrained(name) else {
            do throws(EmbedderError) {
                return try ModelChoice(
                    name, features: features, framing: framing, card: card, engine: engine, settings: settings)
            } catch .unknownModel(let name, let known) {
                throw .unknownModel(name, known: known + trainedModels.map(\.name))
            }
        }
        guard card == ModelCard() else { throw .cardOfKnownModel(name) }
        let trained = try trained(name)
        switch (trained.learnt, trained.card.origin) {
        case (.network(let model), _):
            return try ModelChoice(of: model, features: features, framing: framing, engine: engine, settings: settings)
        case (.adapter(let adapter), .embeddings(let origin)):
            guard features == nil, framing == nil else { throw .fixedByTraining(name) }
            let base = try choice(of: origin, engine: engine, settings: settings)
            guard base.identity == origin.space, base.dimension == adapter.dimension else {
                throw .trainedOnAnother(name, origin.base)
            }
            return base.adapted(by: trained)
        case (.adapter, _): throw .trainedOnAnother(name, trained.card.origin.base ?? name)
        }
    }

    private func choice(of origin: TrainingOrigin.Embeddings, engine: EngineName, settings: SessionSettings)
        throws(EmbedderError) -> ModelChoice
    {
        // A card that somebody wrote could lead round and round.
        if isTrained(origin.base), try trained(origin.base).adapter != nil { throw .trainedOnItself(origin.base) }
        var choice = try choice(
            origin.base, features: origin.features, framing: origin.framing, engine: engine, settings: settings)
        choice.cutOut = origin.cutOut
        return choice
    }
}

/// What a card's file says.
private struct KeptCard: Codable {
    /// The name of a file beside it, which ends in the first digits of what follows.
    let weights: String
    let digest: SHA256Digest
    let card: TrainedModel.Card

    init(weightsOf name: String, digest: SHA256Digest, card: TrainedModel.Card) {
        weights = "\(name)-\(digest.description.prefix(16)).safetensors"
        (self.digest, self.card) = (digest, card)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        weights = try container.decode(String.self, forKey: .weights)
        digest = try container.decode(SHA256Digest.self, forKey: .digest)
        card = try container.decode(TrainedModel.Card.self, forKey: .card)
        guard !weights.contains("/") else {
            throw DecodingError.dataCorruptedError(
                forKey: .weights, in: container, debugDescription: "it names no file beside it")
        }
    }
}
