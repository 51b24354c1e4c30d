import ArgumentParser
import Embedders
import SystemPackage
import VisualSearch

struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Measure models on this machine and photos of yours.",
        discussion: """
            Each model runs in a process of its own, one after the other. With labels it is measured too how good they are: \
            each photo asks all others, and those with its label are relevant.

            EXAMPLES
              lookalike models compare --photos ~/Pictures/shop
              lookalike models compare efficientnet-lite0 encoder.onnx --photos shop --labels shop/labels.csv
              lookalike models compare --photos shop --labels folders --html models.html
            """)

    @Argument(
        help: "Models, or networks' .onnx files. Default: all that are installed.",
        completion: .list(ModelRegistry.models.map(\.id)))
    var models: [String] = []

    @OptionGroup var sample: SampleOptions

    @Option(help: "What is printed.")
    var format = Format.table

    @Option(help: "Write a web page with the table, in one file.", completion: .file(extensions: ["html"]))
    var html: FilePath?

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    func validate() throws {
        try sample.validate()
        for model in models where try Installation.standard.models.choice(model).cutOut != .never {
            throw ValidationError(
                "\(model) cuts garments out, which is not measured here: lookalike evaluate measures how good it is")
        }
    }

    func run() async throws {
        try html?.checkWritable()
        _ = (try sample.folders(), try sample.photoLabels())
        let names = models.isEmpty ? installed : models
        var comparison = ModelComparison()
        for (number, name) in names.enumerated() {
            Console.tell("Measuring \(name), \(number + 1) of \(names.count) …")
            comparison.add(try TrialProcess(of: name, sample).outcome())
        }
        switch format {
        case .table: print(comparison.table, terminator: "")
        case .json: try Console.put(comparison.json)
        }
        if let html { try html.replaceContents(with: comparison.page.bytes) }
        if comparison.figures.isEmpty { throw ExitCode(2) }
    }

    private var installed: [String] {
        let store = Installation.standard.models
        return ModelRegistry.models.filter(store.isInstalled).map(\.id)
            + store.trainedModels.map(\.name).filter { (try? store.choice($0).cutOut) == .never }
    }
}

/// Which photos models are measured on.
struct SampleOptions: ParsableArguments {
    @Option(help: "A folder of photos, with all folders in it; may be repeated.", completion: .directory)
    var photos: [FilePath]

    @Option(
        help: ArgumentHelp(
            "A CSV file with the columns path and label; or ‘folders’, where each folder's name is a label.",
            valueName: "file"), completion: .file(extensions: ["csv"]))
    var labels: FilePath?

    @Option(help: "On how many photos, evenly spread.")
    var limit = 500

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit \(limit): give a number from 1") }
        guard !photos.isEmpty else { throw ValidationError("--photos: name a folder of photos") }
    }

    func folders() throws -> [PhotoFolder] { try photos.map { try PhotoFolder($0) } }

    func photoLabels() throws -> PhotoLabels? {
        try labels.map { $0 == "folders" ? .folders : try PhotoLabels(csv: $0) }
    }

    /// The same options for another process of the program.
    var words: [String] {
        photos.flatMap { ["--photos", $0.string] } + (labels.map { ["--labels", $0.string] } ?? [])
            + ["--limit", "\(limit)"]
    }
}
