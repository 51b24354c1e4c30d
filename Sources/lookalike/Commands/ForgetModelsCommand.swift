import ArgumentParser
import Catalogue
import Embedders
import SystemPackage
import VisualSearch

struct ForgetModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Drop what the catalogue keeps of models, or list it.",
        discussion: """
            A catalogue keeps the embeddings of every model that it was used with, so that changing models costs nothing.
            Models themselves stay installed.

            EXAMPLES
              lookalike models forget                     what is kept
              lookalike models forget efficientnet-lite1 encoder.onnx
            """)

    @Argument(
        help: "Models, .onnx files, or whole lines of what is kept.", completion: .list(ModelRegistry.models.map(\.id)))
    var names: [String] = []

    @Option(
        help: "The catalogue: a file, or postgres://USER@HOST/DATABASE. Default: a file in your data folder.",
        completion: .file(),
        transform: CatalogueLocation.init(argument:))
    var catalogue: CatalogueLocation?

    func run() async throws {
        let memory = try ModelMemory(catalogue: catalogue)
        let entries = try await memory.entries
        guard !names.isEmpty else { return list(entries) }
        for name in names where !entries.contains(where: { $0.isMade(by: name) }) {
            throw ValidationError(
                "the catalogue keeps nothing of ‘\(name)’: lookalike models forget lists what it keeps")
        }
        let forgotten = entries.filter { entry in names.contains(where: entry.isMade(by:)) }
        try await memory.forget(forgotten)
        for entry in forgotten { print("\(entry.identity): \(entry.photoCount.counted("photo")) forgotten") }
    }

    private func list(_ entries: [ModelMemory.Entry]) {
        if entries.isEmpty { print("The catalogue keeps nothing yet.") }
        let width = entries.map { $0.photoCount.grouped.count }.max() ?? 0
        for entry in entries {
            let megabytes = (Double(entry.byteCount) / 1e6).rounded(to: 1).aligned(to: 8)
            print("\(entry.photoCount.grouped.aligned(to: width)) photos \(megabytes) MB  \(entry.identity)")
        }
    }
}
