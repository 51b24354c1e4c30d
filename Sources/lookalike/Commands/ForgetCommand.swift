import ArgumentParser
import SystemPackage
import VisualSearch

struct ForgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Take folders out of the catalogue.",
        discussion: """
            The photos themselves are left alone, and so is what other folders of the catalogue hold.

            EXAMPLE
              lookalike forget ~/Pictures/shop
            """)

    @Argument(
        help: ArgumentHelp("The folders, which need not be there any more.", valueName: "folder"),
        completion: .directory)
    var folders: [FilePath]

    @OptionGroup var engine: EngineOptions

    func run() async throws {
        let engine = try engine.engine()
        for folder in folders {
            print("\(folder.printable): \(try await engine.forget(folder).counted("photo")) forgotten")
        }
    }
}
