import ArgumentParser
import SystemPackage
import VisualSearch

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take embeddings that were made elsewhere into the catalogue.",
        discussion: """
            An array of NumPy, one row a photo that is on this disk, and a list of their paths, one a line. They must be of the \
            same model: FILE.json beside it says so, or else --model does. Photos are read, and not decoded, neither now nor \
            by the next search.

            EXAMPLES
              lookalike import shop.npy
              lookalike import vectors.npy --paths names.txt --model efficientnet-lite0

            EXIT STATUS
              0 all rows were taken in, 1 some were refused, 2 none was taken in
            """)

    @Argument(help: "The array.", completion: .file(extensions: ["npy"]))
    var file: FilePath

    @Option(
        help: "The photos' paths, one a line, from the list's own folder. Default: FILE.paths.txt beside the array.",
        completion: .file(extensions: ["txt", "jsonl"]))
    var paths: FilePath?

    @OptionGroup var engine: EngineOptions

    func run() async throws {
        let rows = try EmbeddingImport(
            file, paths: paths, on: engine.engine(), isOfModel: engine.namesModel)
        let report = try await ImportReport(of: rows)
        print(report.summary)
        try report.exit()
    }
}
