import ArgumentParser
import Catalogue
import Embedders
import Imaging
import Inference
import Networks
import SystemPackage
import VisualSearch

/// Which catalogue, and how photos are looked at.
struct EngineOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The catalogue: a file, or a database of a PostgreSQL server with pgvector, postgres://USER@HOST/DATABASE.",
            discussion: "Made where there is none. Default: a file in your data folder."),
        completion: .file(), transform: CatalogueLocation.init(argument:))
    var catalogue: CatalogueLocation?

    @Option(
        help: ArgumentHelp(
            "The model that describes photos: a name that ‘lookalike models’ lists, or a network's .onnx file.",
            discussion: "Default: \(ModelRegistry.standard)."),
        completion: .list(ModelRegistry.models.map(\.id)))
    var model: String?

    @Option(help: "Which of the model's layers describes photos.")
    var features: Features?

    @Option(help: "How photos are made square for the model.")
    var framing: Framing?

    @Option(
        help: ArgumentHelp(
            "Whether garments are cut out of photos before they are described: never, always, or of photos without a plain background (auto).",
            discussion: "Takes several times as long, and is a catalogue of its own. Default: never."))
    var cutout: CutOut?

    @Option(
        help: ArgumentHelp(
            "Where the model is computed.",
            discussion: "auto takes an NVIDIA card for many photos, where one is ready, and else the processor."))
    var device = Device.auto

    @Option(name: .customLong("engine"), help: "The library that computes the model.")
    var engineName = EngineName.auto

    @Option(help: "The numbers in which the model is computed.")
    var precision = Precision.auto

    @Option(help: "Photos of more megapixels are skipped.")
    var maxMegapixels = usualMegapixels

    private static let usualMegapixels = 100

    @OptionGroup var foreign: ForeignOptions

    func validate() throws {
        guard (1...10_000).contains(maxMegapixels) else {
            throw ValidationError("--max-megapixels \(maxMegapixels): give a number from 1 to 10000")
        }
    }

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
            model ?? ModelRegistry.standard, features: features, framing: framing, card: foreign.card,
            engine: engineName,
            settings: SessionSettings(device: device, precision: precision))
        if let cutout, choice.trained != nil, cutout != choice.cutOut {
            throw EmbedderError.fixedByTraining(choice.name)
        }
        choice.cutOut = cutout ?? choice.cutOut
        choice.tellGuesses()
        return choice
    }

    /// Where the catalogue is.
    var location: CatalogueLocation { catalogue ?? Installation.standard.catalogue }

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
