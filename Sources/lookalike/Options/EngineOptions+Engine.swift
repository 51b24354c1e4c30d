import ArgumentParser
import Catalogue
import Embedders
import Imaging
import Inference
import Networks
import SystemPackage
import VisualSearch

// What the options mean.
extension EngineOptions {
    /// Where the catalogue is.
    var location: CatalogueLocation { catalogue ?? Installation.standard.catalogue }

    /// What describes photos where the user says what is meant by alike: views, since nothing else can be weighed.
    func features(matching match: Match?) throws -> Features? {
        guard let match, features != .views else { return features }
        if let features {
            throw ValidationError(
                "--match \(match.rawValue) weighs views of photos: leave --features \(features.rawValue) out")
        }
        return .views
    }

    /// Whether the user says which model it is.
    var namesModel: Bool { model != nil }

    func choice() throws -> ModelChoice {
        var choice = try Installation.standard.models.choice(
            model ?? ModelRegistry.standard, features: features, framing: framing, card: card,
            engine: engineName,
            settings: SessionSettings(device: device, precision: precision))
        if let cutout, choice.trained != nil, cutout != choice.cutOut {
            throw EmbedderError.fixedByTraining(choice.name)
        }
        choice.cutOut = cutout ?? choice.cutOut
        choice.tellGuesses()
        return choice
    }

    /// How a network of the user's own looks at photos, as far as the options say.
    private var card: ModelCard {
        var card = ModelCard()
        card.size = inputSize
        (card.mean, card.scale) = (inputMean?.numbers, inputScale?.numbers)
        (card.output, card.pooling) = (outputName, pooling)
        return card
    }

    /// The choice, where photos are read and computed as they usually are; `nil` otherwise.
    func usualChoice() throws -> ModelChoice? {
        let isUsual =
            device == .auto && engineName == .auto && precision == .auto && maxMegapixels == Self.usualMegapixels
        return isUsual ? try choice() : nil
    }

    /// An engine for work that may need no model at all.
    func engine() throws -> SearchEngine { try engine(with: choice()) }

    /// An engine for work that photos are embedded in. Without the model's weights there is none: they are fetched
    /// first if somebody at the terminal says so.
    func equippedEngine(queryDecoder: (any PhotoDecoding)? = nil) async throws -> SearchEngine {
        let choice = try choice()
        // Whatever else is wrong should be known before anything is fetched.
        let engine = try engine(with: choice, queryDecoder)
        try await ModelOffer(model: choice.model).settle()
        if choice.cutOut != .never { try await ModelOffer(model: ModelRegistry.segmenter).settle() }
        return engine
    }

    /// An engine for another model of the same catalogue, in the way that is usual for it.
    func engine(of model: String, queryDecoder: any PhotoDecoding) throws -> SearchEngine {
        let settings = SessionSettings(device: device, precision: precision)
        let choice = try Installation.standard.models.choice(model, engine: engineName, settings: settings)
        return try engine(with: choice, queryDecoder)
    }

    private func engine(with choice: ModelChoice, _ queryDecoder: (any PhotoDecoding)? = nil) throws -> SearchEngine {
        try SearchEngine(
            catalogue: catalogue, model: choice, decoder: ImageDecoder(megapixelLimit: maxMegapixels),
            queryDecoder: queryDecoder)
    }
}

extension ModelChoice {
    /// A wrong guess would show in nothing but poor results.
    fileprivate func tellGuesses() {
        guard case .foreign(let network) = model.kind else { return }
        for guess in network.guesses {
            Console.tell(
                "lookalike: \(network.path.printable): guessed \(guess). Say them in \(network.cardPath.printable)")
        }
    }
}
