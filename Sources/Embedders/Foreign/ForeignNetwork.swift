import Hashing
public import Imaging
import Networks
public import SystemPackage

/// A network that its user brought in an `.onnx` file, and how it looks at photos.
public struct ForeignNetwork: Sendable {
    /// As the user wrote it.
    public let path: FilePath
    /// Photos as the network takes them.
    public let input: InputSpec
    /// The numbers of one embedding.
    public let dimension: Int
    /// What nobody said and the network does not show, in words that tell how to say it; empty where all is known.
    public let guesses: [String]

    /// Where its user may say how it looks at photos.
    public var cardPath: FilePath { ModelCard.path(beside: path) }

    let encoder: OnnxEncoder
    let reading: OutputReading
    private let digest: SHA256Digest

    /// Reads the network, and what `NAME.json` or `preprocessor_config.json` beside it say; `card` is heard first.
    ///
    /// Throws where the network does not describe photos, or needs something said that nobody said.
    public init(at path: FilePath, card: ModelCard = ModelCard()) throws(EmbedderError) {
        let card = card.completed(by: try ModelCard(beside: path))
        do throws(WeightFileError) {
            let model = try OnnxModel(at: path)
            digest = try Self.digest(of: path)
            let plan = try EncoderPlan(for: model, card)
            encoder = OnnxEncoder(model, input: plan.input, output: plan.output, shape: plan.spec.shape)
            (input, reading, dimension, guesses) = (plan.spec, plan.reading, plan.dimension, plan.guesses)
        } catch .unsound(let reason) {
            throw .foreign(path, reason: reason)
        } catch {
            throw .weights(error)
        }
        self.path = path
    }

    private static func digest(of path: FilePath) throws(WeightFileError) -> SHA256Digest {
        do { return try SHA256Digest(ofFileAt: path) } catch { throw .unreadable(path, reason: "\(error)") }
    }

    static func stem(ofIdentitiesOfFileAt path: FilePath) throws(WeightFileError) -> String {
        stem(ofIdentitiesOf: try digest(of: path))
    }

    private static func stem(ofIdentitiesOf digest: SHA256Digest) -> String { "onnx \(digest.description.prefix(16))" }

    /// Names the file's contents, and what else decides an embedding's numbers.
    var identity: String {
        "\(Self.stem(ofIdentitiesOf: digest)) \(encoder.outputName) \(reading.rawValue) \(input.identity)"
    }
}

extension InputSpec {
    /// Names all that makes a photo the network's input.
    fileprivate var identity: String {
        let crop =
            switch crop {
            case .beforeResizing: ""
            case .afterResizing(let shortSide): " of \(shortSide)"
            }
        return "\(framing.rawValue) \(side)\(crop) \(filter.rawValue) \(order.rawValue) \(mean) \(scale)"
    }
}

extension ModelCard {
    static func path(beside network: FilePath) -> FilePath {
        network.removingLastComponent().appending("\(network.stem ?? "").json")
    }

    /// What files beside a network say of it; where there are none, nothing.
    init(beside path: FilePath) throws(EmbedderError) {
        let own = JSONFile(Self.path(beside: path))
        if let card = try own.decode(ModelCard.self) {
            try own.check(words: CodingKeys.allCases.map(\.rawValue))
            self = card
        } else {
            let config = try JSONFile(path.removingLastComponent().appending("preprocessor_config.json")).decode(
                PreprocessorConfig.self)
            self = config?.card ?? ModelCard()
        }
    }
}
