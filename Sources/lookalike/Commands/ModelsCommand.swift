import ArgumentParser
import Embedders
import SystemPackage
import VisualSearch

struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "List the models, install their weights, forget what was made with them.",
        subcommands: [List.self, Fetch.self, ForgetModelsCommand.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the models that describe photos.")

        func run() async throws {
            let store = Installation.standard.models
            for model in ModelRegistry.models {
                let mark = model.id == ModelRegistry.standard ? "*" : " "
                let state = store.isInstalled(model) ? "installed" : "not installed"
                print(
                    "\(mark) \(model.id.padded(to: 20))\(state.padded(to: 15))\(model.size.padded(to: 10))\(model.summary)"
                )
            }
        }
    }

    struct Fetch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fetch",
            abstract: "Install a model's weights from the file that its publisher gives out.",
            discussion: """
                The file is checked against the SHA-256 that Lookalike knows, and converted once. Scripts/fetch-models
                downloads it and then calls this.

                EXAMPLE
                  lookalike models fetch efficientnet-lite1 --from efficientnet-lite1-77cc7160.pth
                """)

        @Argument(help: "The model.", completion: .list(ModelRegistry.models.map(\.id)))
        var name: String

        @Option(help: "The file with its weights.", completion: .file())
        var from: FilePath

        func run() async throws {
            let model = try ModelRegistry.model(named: name)
            guard let path = try Installation.standard.models.install(model, from: from) else {
                return print("\(model.id) needs no weights")
            }
            print("\(model.id) is installed: \(path)")
        }
    }
}

extension ModelDescription {
    /// What its weights take to fetch.
    fileprivate var size: String {
        guard case .neural(_, _, let weights) = kind else { return "" }
        return "\((Double(weights.size) / 1e6).rounded(to: 1)) MB"
    }
}
