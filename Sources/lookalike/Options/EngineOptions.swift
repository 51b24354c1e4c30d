import ArgumentParser
import Catalogue
import Embedders
import Imaging
import Inference
import Networks

/// Which catalogue, and how photos are looked at.
///
/// It is one group: the parser checks its declarations at each start of a debug build, which takes several times as long for each
/// group that lies in another.
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

    static let usualMegapixels = 100

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

    func validate() throws {
        guard (1...10_000).contains(maxMegapixels) else {
            throw ValidationError("--max-megapixels \(maxMegapixels): give a number from 1 to 10000")
        }
    }
}
