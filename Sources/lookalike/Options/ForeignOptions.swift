import ArgumentParser
import Embedders

/// How a network of the user's own looks at photos, where neither it nor a file beside it says so.
struct ForeignOptions: ParsableArguments {
    @Option(help: "Of an .onnx file: the side of the pictures that it takes, in pixels.")
    var inputSize: Int?

    @Option(help: ArgumentHelp("Of an .onnx file: the mean of each channel, where white is 1.", valueName: "r,g,b"))
    var inputMean: Channels?

    @Option(
        help: ArgumentHelp("Of an .onnx file: what each channel is divided by, where white is 1.", valueName: "r,g,b"))
    var inputScale: Channels?

    @Option(help: "Of an .onnx file: the name of the output that describes photos.")
    var outputName: String?

    @Option(help: "Of an .onnx file: which of that output's numbers are taken.")
    var pooling: ModelCard.Pooling?

    /// What the options say, and nothing else.
    var card: ModelCard {
        var card = ModelCard()
        card.size = inputSize
        (card.mean, card.scale) = (inputMean?.numbers, inputScale?.numbers)
        (card.output, card.pooling) = (outputName, pooling)
        return card
    }
}

/// Three numbers with commas between them, or one for all channels.
struct Channels: ExpressibleByArgument {
    let numbers: [Float]

    init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Float($0) }
        guard [1, 3].contains(numbers.count), !numbers.contains(nil) else { return nil }
        self.numbers = numbers.compactMap(\.self)
    }
}
