import ArgumentParser
import Imaging
import SystemPackage
import Vectors
import VisualSearch

/// The words of the Python program that Lookalike grew out of, meaning what its users meant by them.
struct OriginalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "original",
        abstract: "Search with the options of the original Python program.",
        discussion: """
            EXAMPLE
              lookalike --input_image q.jpg --img_folder shop --metric euclidian --num_images 10

            The result picture is data/results/q.jpg, or results/q.jpg in the folder that --root_dir names.
            """,
        shouldDisplay: false)

    @Option(name: .customLong("input_image"), help: "The photo to find the look-alikes of.", completion: .file())
    var inputImage: FilePath?

    @Option(
        name: .customLong("img_folder"), help: "The folder of photos to search. Default: images in the root folder.",
        completion: .directory)
    var imageFolder: FilePath?

    @Option(name: .customLong("root_dir"), help: "The folder in which results/ is made.", completion: .directory)
    var rootFolder: FilePath = "data"

    @Option(help: "euclidian or cosine.")
    var metric = Metric.euclidean

    @Option(name: .customLong("num_images"), help: "How many results at most.")
    var imageCount = 10

    @Option(
        name: .customLong("batch_size"),
        help: "Taken and not used: Lookalike chooses by itself how many photos it embeds at once.")
    var batchSize = 64

    @OptionGroup var engine: EngineOptions

    func validate() throws {
        guard imageCount > 0 else { throw ValidationError("--num_images \(imageCount): give a number from 1") }
    }

    func run() async throws {
        guard let inputImage else { throw CleanExit.helpRequest(Lookalike.self) }
        let sheet = rootFolder.appending("results").appending("\(inputImage.stem ?? "result").jpg")
        try sheet.checkWritable()
        let engine = try await engine.equippedEngine()
        let search = Search(
            questions: [try Question(inputImage)], folders: [imageFolder ?? rootFolder.appending("images")],
            exclusions: [],
            refreshes: true, insists: true, options: SearchOptions(limit: imageCount, metric: metric))
        let findings = try await search.run(on: engine, verbose: false)
        try Console.put(ResultTable(findings).bytes)
        try ResultSheet(findings: findings, engine: engine).write(to: sheet)
        print("Results saved at \(sheet.printable)")
        try findings.exit()
    }
}
