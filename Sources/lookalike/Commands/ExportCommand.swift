import ArgumentParser
import SystemPackage
import VisualSearch

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write embeddings into a file for other programs.",
        discussion: """
            One row a photo: as an array for NumPy (.npy), whose paths are in FILE.paths.txt and whose model is in FILE.json \
            beside it, or as a table (.csv). Photos are those that the model has described: bring the catalogue up to date \
            with ‘lookalike index’.

            EXAMPLES
              lookalike export shop.npy --photos ~/Pictures/shop
              lookalike export shop.csv --model resnet50
            """)

    @Argument(
        help: "The file, which ends in .npy or .csv; one that is there is replaced.",
        completion: .file(extensions: ["npy", "csv"]))
    var file: FilePath

    @Option(
        name: .long,
        help: "A folder of photos, with all folders in it. Default: all that the catalogue knows.",
        completion: .directory)
    var photos: [FilePath] = []

    @Option(help: "Leave out files and folders whose name, or path in the folder, matches this pattern.")
    var exclude: [String] = []

    @OptionGroup var engine: EngineOptions

    func run() async throws {
        let export = try EmbeddingExport(to: file)
        let engine = try engine.engine()
        let folders = try await engine.folders(named: photos, excluding: exclude)
        let total = try await engine.describedCount(in: folders)
        let count = try await interruptible {
            var bar = ProgressBar("Exporting", counting: .photos)
            do {
                defer { bar.clear() }
                return try await export.run(on: engine, folders) { bar.show($0, of: total) }
            } catch is CancellationError {
                Console.tell("Stopped. Nothing was written.")
                throw CancellationError()
            }
        }
        print("\(count.counted("photo")) written to \(file.printable)")
        if count == 0 { throw ExitCode(1) }
    }
}
