public import Hashing
public import Imaging
public import Inference
public import Networks
public import Vectors

/// A model, and how the user wants it to look at photos.
public struct ModelChoice: Sendable {
    /// As `ModelRegistry` has it, whichever way the user spelt its name.
    public let model: ModelDescription
    /// What was asked for, or else the first that the model has.
    public let features: Features
    /// The numbers of one embedding.
    public let dimension: Int
    private let layout: ViewLayout?
    private let ownRecognition: GarmentRecognition?
    /// Whose embeddings these are, where they are what was learnt of the model's; `nil` where they are as the model gives them.
    public private(set) var trained: TrainedModel?
    /// `nil` for the model's own.
    public let framing: Framing?
    /// A part of `identity` in int8 only: embeddings from all engines may be compared otherwise.
    public private(set) var engine: EngineName
    /// The digest of the file with its integers; `nil` unless it is computed in int8, and until `quantized`.
    public private(set) var quantization: SHA256Digest?
    /// A part of `identity`: a garment that is cut out is another picture.
    public var cutOut = CutOut.never
    /// How a network is computed. `Precision.auto` is kept for models whose neighbours no precision moves.
    public var settings: SessionSettings

    /// Takes a model's name, or the path of an `.onnx` file, of which `card` says what its own files do not.
    ///
    /// Throws for a name that no model has, for a file that is no network of photos, and for features or a framing that
    /// the model does not have.
    public init(
        _ name: String = ModelRegistry.standard, features: Features? = nil, framing: Framing? = nil,
        card: ModelCard = ModelCard(), engine: EngineName = .auto, settings: SessionSettings = SessionSettings()
    ) throws(EmbedderError) {
        try self.init(
            of: ModelDescription(name, card: card, framing: framing), features: features, framing: framing,
            engine: engine, settings: settings)
    }

    /// The same of a model that is known already.
    init(
        of model: ModelDescription, features: Features?, framing: Framing?, engine: EngineName,
        settings: SessionSettings
    ) throws(EmbedderError) {
        self.model = model
        guard model.id != ModelRegistry.segmenter.id else { throw .describesNothing(model: model.id) }
        self.features = features ?? model.features[0]
        guard model.features.contains(self.features), let dimension = model.dimension(of: self.features) else {
            throw .noFeatures(self.features, model: model.id)
        }
        self.dimension = dimension
        layout = self.features == .views ? model.viewLayout : nil
        ownRecognition = self.features == .views ? model.recognition : nil
        if case .handMade = model.kind, let framing { throw .noFraming(framing, model: model.id) }
        self.framing = framing
        self.engine = engine
        self.settings = settings
        if settings.precision == .auto, !model.keepsNeighboursInBfloat16 { self.settings.precision = .float32 }
    }

    /// The choice of what cuts garments out, on the same engine and device; in whichever numbers are fastest, since a mask is sharp
    /// enough in them.
    public var segmenter: ModelChoice {
        var choice = ModelChoice(.mask, of: ModelRegistry.segmenter, framing: nil, like: self)
        choice.settings.precision = .auto
        return choice
    }

    /// The choice of what tells what is in each place of a photo, where the embeddings' own run of the network does not; `nil`
    /// where that does, or the model tells of whole photos alone. In int8 nothing but embeddings is computed.
    public var placeTeller: ModelChoice? {
        guard !embeddingsTellPlaces, let places = model.places else { return nil }
        var choice = ModelChoice(places.source, of: model, framing: framing, like: self)
        if settings.precision == .int8 { choice.settings.precision = .auto }
        return choice
    }

    /// What a network gives, as it is.
    private init(_ features: Features, of model: ModelDescription, framing: Framing?, like choice: ModelChoice) {
        (self.model, self.features, self.framing) = (model, features, framing)
        (dimension, layout, ownRecognition) = (model.sourceDimension(of: features), nil, nil)
        (engine, settings) = (choice.engine, choice.settings)
    }

    /// What its user calls the model.
    public var name: String { trained?.name ?? model.id }

    /// The views that an embedding is made of; `nil` where it is one whole.
    public var views: ViewLayout? { trained == nil ? layout : nil }

    /// What is known of garments’ photos by their views; `nil` where that is not known, or embeddings are one whole.
    public var recognition: GarmentRecognition? { trained == nil ? ownRecognition : nil }

    /// Rises whenever decoding, framing or a network here changes the numbers that come out.
    private static let revision = 1

    /// Names everything that decides an embedding's numbers; devices and engines agree on them but in int8, precisions
    /// if the model keeps its neighbours.
    public var identity: String { trained.map { "\($0.mark) of \(baseIdentity)" } ?? baseIdentity }

    private var baseIdentity: String {
        switch model.kind {
        case .neural(_, _, let weights):
            "\(model.id) \(weights.mark) \(features.rawValue) "
                + "\(input.framing.rawValue) \(input.side) r\(Self.revision)\(viewsMark)\(precisionMark)\(cutOutMark)"
        case .foreign(let network):
            "\(network.identity) r\(Self.revision)\(viewsMark)\(precisionMark)\(cutOutMark)"
        case .handMade: "\(model.id) r\(Self.revision)\(cutOutMark)"
        }
    }

    /// Names whether garments are cut out, and by what; empty where they are not.
    public var cutOutMark: String {
        cutOut == .never ? "" : " cut out \(cutOut.rawValue) by \(ModelRegistry.segmenter.id) r\(Segmenter.revision)"
    }

    private var viewsMark: String {
        guard layout != nil, let views = model.networkViews else { return "" }
        return " \(views.identity) colours r\(GarmentColours.revision)"
    }

    private var precisionMark: String {
        switch settings.precision {
        case .bfloat16 where !model.keepsNeighboursInBfloat16: " bfloat16"
        case .int8: " int8 \(quantization?.description.prefix(16) ?? "of no file") \(engine.rawValue)"
        case .auto, .float32, .bfloat16: ""
        }
    }

    /// The same choice, whose embeddings become what was learnt of them.
    func adapted(by trained: TrainedModel) -> ModelChoice {
        var choice = self
        choice.trained = trained
        return choice
    }

    /// What becomes of the model's embeddings; `nil` where they are as the model gives them.
    public var adapter: VectorAdapter? { trained?.adapter }

    /// The choice whose embeddings something was learnt of; `nil` where nothing was.
    public var untrained: ModelChoice? {
        guard trained != nil else { return nil }
        var choice = self
        choice.trained = nil
        return choice
    }

    /// The same choice, computed by an engine.
    func computed(by engine: EngineName) -> ModelChoice {
        var choice = self
        choice.engine = engine
        return choice
    }

    /// The same choice in int8, as this file has its integers and this engine rounds them.
    func quantized(_ digest: SHA256Digest, computedBy engine: EngineName) -> ModelChoice {
        var choice = computed(by: engine)
        (choice.quantization, choice.settings.precision) = (digest, .int8)
        return choice
    }

    /// Whether the model tells what is in each place of a photo.
    public var seesPlaces: Bool { model.places != nil }

    /// Whether it tells that together with embeddings: see `ViewsEmbedder.describe`.
    public var embeddingsTellPlaces: Bool { views != nil && model.networkViews?.places != nil }

    /// What each photo is made into before it is embedded.
    public var inputs: [InputSpec] { layout == nil ? [input] : [input, GarmentColours.input] }

    /// What the network itself gives: features, and how many numbers of them.
    var source: (features: Features, dimension: Int) {
        layout == nil ? (features, dimension) : model.networkViews?.source ?? (features, dimension)
    }

    /// What the model itself looks at.
    public var input: InputSpec {
        switch model.kind {
        case .neural(_, let input, _): framing.map(input.framed(by:)) ?? input
        case .foreign(let network): network.input
        case .handMade: ColourLayoutEmbedder.input
        }
    }
}
