import Imaging
import Networks

/// How a foreign network is run: what its card says, what its file shows, and what has to be guessed.
struct EncoderPlan {
    let input: OnnxModel.Port
    let output: OnnxModel.Port
    let spec: InputSpec
    let reading: OutputReading
    let dimension: Int
    let guesses: [String]

    /// Throws `.unsound` with a reason that says what would be right.
    init(for model: OnnxModel, _ card: ModelCard) throws(WeightFileError) {
        input = try Self.input(of: model)
        output = try Self.output(of: model, card)
        let picture = try EncoderInput(input, card, isCLIP: output.name == Self.clipOutput)
        (spec, guesses) = (picture.spec, picture.guesses)
        reading = try Self.reading(of: output, card)
        dimension = try Self.dimension(of: output, reading, card)
    }

    private static func input(of model: OnnxModel) throws(WeightFileError) -> OnnxModel.Port {
        guard let input = model.inputs.first, model.inputs.count == 1 else {
            let names = model.inputs.map(\.name).joined(separator: ", ")
            throw .unsound(
                "it takes \(names.isEmpty ? "nothing" : names), and one input, photos, is needed: "
                    + "export the image encoder alone")
        }
        guard input.type == .float32, input.shape?.count == 4 else {
            throw .unsound("its input “\(input.name)” is not a batch of pictures of 32-bit floats")
        }
        if case .fixed(let batch)? = input.shape?.first, batch != 1 {
            throw .unsound("it takes \(batch) photos at a time: export it for one, or for any number")
        }
        return input
    }

    // MARK: The output

    private static let clipOutput = "image_embeds"
    /// As exporters call what describes a photo, the best first.
    private static let usualOutputs = [
        clipOutput, "image_embeddings", "embeddings", "embedding", "image_features", "features", "pooler_output",
        "last_hidden_state",
    ]

    private static func output(of model: OnnxModel, _ card: ModelCard) throws(WeightFileError) -> OnnxModel.Port {
        let names = model.outputs.map(\.name)
        guard let name = card.output ?? usualOutputs.first(where: names.contains) ?? (names.count == 1 ? names[0] : nil)
        else {
            throw .unsound(
                "it has the outputs \(names.joined(separator: ", ")): say which one describes photos as “output”")
        }
        guard let output = model.outputs.first(where: { $0.name == name }) else {
            throw .unsound("it has no output “\(name)”; there are \(names.joined(separator: ", "))")
        }
        guard output.type == .float32 else { throw .unsound("its output “\(name)” is not of 32-bit floats") }
        return output
    }

    /// Tokens are `[photo][token][number]`, feature maps `[photo][number][row][column]`. Unless told otherwise, a
    /// transformer's first token stands for the photo, and a feature map is averaged.
    private static func reading(of output: OnnxModel.Port, _ card: ModelCard) throws(WeightFileError) -> OutputReading {
        switch (output.shape?.count ?? 0, card.pooling) {
        case (2, nil), (2...4, .some(.none)): return .whole
        case (3, nil), (3, .first): return .firstToken
        case (3, .mean): return .meanOfTokens
        case (4, nil), (4, .mean): return .meanOfPlaces
        case (2...4, let pooling?):
            throw .unsound("its output “\(output.name)” has nothing to pool by “\(pooling.rawValue)”")
        default:
            throw .unsound("its output “\(output.name)” is neither numbers, nor tokens, nor a feature map of a photo")
        }
    }

    private static func dimension(of output: OnnxModel.Port, _ reading: OutputReading, _ card: ModelCard)
        throws(WeightFileError) -> Int
    {
        let shape = output.shape ?? []
        let axes =
            switch reading {
            case .whole: shape.dropFirst()
            case .firstToken, .meanOfTokens: shape.suffix(1)
            case .meanOfPlaces: shape[1...1]
            }
        let lengths = axes.compactMap { if case .fixed(let length) = $0 { length } else { nil } }
        let found = lengths.count == axes.count ? lengths.reduce(1, *) : nil
        guard let dimension = found ?? card.dimension, (1...100_000).contains(dimension) else {
            throw .unsound("it does not say how many numbers “\(output.name)” has: say it as “dimension”")
        }
        guard card.dimension ?? dimension == dimension else {
            throw .unsound("its output “\(output.name)” has \(dimension) numbers, not \(card.dimension ?? 0)")
        }
        return dimension
    }
}
