import ArgumentParser
import Embedders
import Inference
import SystemPackage
import Training
import VisualSearch

struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Learn from your own photos what makes garments alike to you.",
        discussion: """
            An adapter is learnt of what a model says of photos that have labels: which product, which style, which type they \
            show. Then NAME is a model as any other, and the catalogue's embeddings become its own without looking at a \
            photo again. Some of the labels are kept back, to tell whether what was learnt holds for others: where it is \
            not better for them beyond doubt, nothing is installed. Ctrl-C ends learning and keeps the best so far.

            EXAMPLES
              lookalike train mine --photos shop
              lookalike train mine --photos shop --identity '(\\d{8})'
              lookalike train mine --labels shop/labels.csv --label style
              lookalike search dress.jpg --photos shop --model mine
              lookalike evaluate --labels shop/labels.csv --model mine --against "--model efficientnet-lite0"
            """)

    @Argument(help: "What the model is to be called.")
    var name: String

    @OptionGroup var source: LabelOptions

    @Option(help: "What photos are alike by before anything is learnt.")
    var match: Match?

    @Option(help: ArgumentHelp("Decides what is drawn: the same number gives the same model.", valueName: "number"))
    var seed: UInt64 = 1

    @Flag(help: "Install the model even where it is not better.")
    var force = false

    @Option(help: "What is printed.")
    var format = Format.text

    @Option(
        help: "Write a web page with the figures, how learning went, and what answers changed most.",
        completion: .file(extensions: ["html"]))
    var html: FilePath?

    @OptionGroup var engine: EngineOptions

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    mutating func validate() throws {
        engine.features = try engine.features(matching: match)
        do { try ModelStore.check(name: name) } catch { throw ValidationError("\(error)") }
    }

    func run() async throws {
        try html?.checkWritable()
        let (folders, labels) = (try source.folders(), try source.photoLabels())
        let engine = try await engine.equippedEngine()
        let card = try engine.cardForTraining()
        let report = try await learn(from: labels, in: folders, engine)
        let isInstalled = report.isBetter || force
        if isInstalled {
            try Installation.standard.models.install(report.adapter, as: name, card: card.filled(by: report))
        }
        let output = TrainingOutput(report: report, name: name, isInstalled: isInstalled)
        switch format {
        case .text: print(output.text, terminator: "")
        case .json: try Console.put(output.json)
        }
        if let html { try TrainingPage(output: output, engine: engine).write(to: html) }
        if !isInstalled { throw ExitCode(1) }
    }

    private func learn(from labels: PhotoLabels, in folders: [PhotoFolder], _ engine: SearchEngine) async throws
        -> TrainingReport
    {
        // What cannot be computed should be known before photos are described.
        let libraries = Installation.standard.libraries
        _ = try libraries.engine(.onnxruntime, for: SessionSettings(device: .cpu, precision: .float32))
        try await engine.bringUpToDate(with: folders)
        let options = TrainingOptions(labels: labels, match: match ?? .balanced, seed: seed)
        return try await interruptible {
            let progress = TrainingProgress()
            defer { progress.clear() }
            return try await engine.train(options, in: folders, libraries: libraries) {
                progress.show($0)
                return !Task.isCancelled
            }
        }
    }
}

/// Photos, and what people say that they show.
struct LabelOptions: ParsableArguments {
    @Option(
        help: "A folder of photos, with all folders in it. Default: the one that the CSV file lies in.",
        completion: .directory)
    var photos: [FilePath] = []

    @Option(
        help: ArgumentHelp(
            "A CSV file with the columns path and label. Default: the folder that a photo lies in is its label.",
            valueName: "file"), completion: .file(extensions: ["csv"]))
    var labels: FilePath?

    @Option(help: ArgumentHelp("The column that says what a photo shows. Default: label.", valueName: "column"))
    var label: String?

    @Option(
        help: ArgumentHelp(
            "Only photos whose column has this value; several of one column may each be had.",
            valueName: "column=value"))
    var only: [Condition] = []

    @Option(
        help: ArgumentHelp(
            "What of a photo's file name says what it shows: a regular expression, of which the part in parentheses counts.",
            valueName: "pattern"))
    var identity: String?

    func validate() throws {
        guard labels == nil || identity == nil else {
            throw ValidationError("labels are either in a file (--labels) or in file names (--identity)")
        }
        guard labels != nil || only.isEmpty && label == nil else {
            throw ValidationError("--label and --only need the columns of a CSV file: name one with --labels")
        }
        guard labels != nil || !photos.isEmpty else {
            throw ValidationError("name the folders of the photos with --photos")
        }
    }

    func folders() throws -> [PhotoFolder] {
        let names = photos.isEmpty ? [labels].compactMap { $0?.folder } : photos
        return try names.map { try PhotoFolder($0) }
    }

    func photoLabels() throws -> PhotoLabels {
        if let labels { return try PhotoLabels(csv: labels, column: label ?? "label", conditions: only.byColumn) }
        return try identity.map { try PhotoLabels(matching: $0) } ?? .folders
    }
}
