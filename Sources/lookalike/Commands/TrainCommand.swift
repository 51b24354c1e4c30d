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
            Photos are learnt from that have labels: which product, which style, which type they show. Then NAME is a model as any \
            other. Some of the labels are kept back, to tell whether what was learnt holds for others: where it is not better for them \
            beyond doubt, nothing is installed. Ctrl-C ends learning and keeps the best so far; --resume goes on where a training \
            was interrupted, or killed.

            RECIPES
              adapter      seconds: what a model says of photos is turned such that labels stand out; the catalogue's embeddings
                           become the new model's own without looking at a photo again
              fine-tune    minutes to hours: the last layers of the model's network are learnt anew
              autoencoder  a network from nothing that paints photos again from a few numbers, which then describe them
              unet         the same with bridges around these numbers; it paints what is hidden from it

            Labels teach the first two, and judge all four. Where nobody labelled photos, --unlabelled has altered photos and those \
            that are nearly the same stand in for them: a little is learnt of what does not matter, and nobody can tell whether that is \
            better, so that --force alone installs it.

            EXAMPLES
              lookalike train mine --photos shop
              lookalike train mine --photos shop --identity '(\\d{8})'
              lookalike train mine --labels shop/labels.csv --label style --recipe fine-tune --html mine.html
              lookalike train same --photos shop --unlabelled --match garment --force
              lookalike search dress.jpg --photos shop --model mine
              lookalike evaluate --labels shop/labels.csv --model mine --against "--model efficientnet-lite0"
            """)

    @Argument(help: "What the model is to be called.")
    var name: String

    @OptionGroup var source: LabelOptions

    @Flag(help: "Learn without labels: that altered photos, and photos that are nearly the same, show the same.")
    var unlabelled = false

    @Option(help: "What is learnt, and how.")
    var recipe = Recipe.adapter

    @Option(help: "What photos are alike by before anything is learnt.")
    var match: Match?

    @Option(help: ArgumentHelp("Decides what is drawn: the same number gives the same model.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp("How many times over all photos at most. Default: what the recipe has.", valueName: "number")
    )
    var epochs: Int?

    @Flag(help: "Go on with the training of this name that was interrupted.")
    var resume = false

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
        guard (1...10_000).contains(epochs ?? 1) else {
            throw ValidationError("--epochs \(epochs ?? 0): give a number from 1 to 10000")
        }
        guard !unlabelled || source.isUnlabelled else {
            throw ValidationError("--unlabelled learns without labels: leave --labels and --identity out")
        }
        guard recipe == .adapter || (engine.cutout ?? .never) == .never else {
            throw ValidationError("\(SearchError.trainsOnWholePhotos(recipe))")
        }
        guard !resume || recipe != .adapter else {
            throw ValidationError("--resume: an adapter is learnt in seconds, and always from the beginning")
        }
    }

    func run() async throws {
        try html?.checkWritable()
        let (folders, labels) = (try source.folders(), unlabelled ? nil : try source.photoLabels())
        let engine = try await engine.equippedEngine()
        _ = try engine.trainingOrigin(of: name, recipe)
        let report = try await learn(from: labels, series: source.photoSeries(), in: folders, engine)
        let isInstalled = report.isBetter || force
        if isInstalled { try install(report) }
        let output = TrainingOutput(report: report, name: name, isInstalled: isInstalled)
        switch format {
        case .text: print(output.text, terminator: "")
        case .json: try Console.put(output.json)
        }
        if let html { try TrainingPage(output: output, engine: engine).write(to: html) }
        guard isInstalled else { throw ExitCode(1) }
        try await forgetOlderModel()
    }

    private func install(_ report: TrainingReport) throws {
        let (store, card) = (Installation.standard.models, TrainedModel.Card(report))
        switch report.learnt {
        case .adapter(let adapter): try store.install(adapter, as: name, card: card)
        case .network(let weights): try store.install(weights, as: name, card: card)
        }
        // Not before: where the disk is full, what was learnt is still there.
        if recipe != .adapter, report.isFinished { unfinished.remove() }
    }

    /// What an older model of that name described, nobody can ask for any more.
    private func forgetOlderModel() async throws {
        let memory = try ModelMemory(catalogue: engine.catalogue)
        try await memory.forget(memory.entries.filter { $0.isMade(by: name) })
    }

    private var unfinished: CheckpointFile { CheckpointFile(of: name, in: Installation.standard.models) }

    private func learn(
        from labels: PhotoLabels?, series: PhotoLabels?, in folders: [PhotoFolder], _ engine: SearchEngine
    ) async throws -> TrainingReport {
        let installation = Installation.standard
        // What cannot be learnt or computed should be known before photos are described.
        try labels?.check(for: folders)
        _ = try installation.libraries.engine(
            .onnxruntime, for: SessionSettings(device: .cpu, precision: .float32))
        try await engine.bringUpToDate(with: folders)
        var options = TrainingOptions(
            labels: labels, recipe: recipe, match: match ?? .balanced, seed: seed, epochs: epochs)
        (options.series, options.isResumed) = (series, resume)
        if recipe != .adapter, unfinished.exists, !resume {
            Console.tell("A training of \(name) was interrupted: this one begins anew, and takes its place.")
        }
        let report = try await interruptible { [options, name] in
            let progress = TrainingProgress(isLabelled: options.labels != nil)
            defer { progress.clear() }
            return try await engine.train(name, options, in: folders, installation: installation) {
                progress.show($0)
                return !Task.isCancelled
            }
        }
        if !report.isFinished, recipe != .adapter, unfinished.exists {
            Console.tell("It was interrupted: the same command with --resume goes on with it.")
        }
        return report
    }
}
