import ArgumentParser
import SystemPackage
import VisualSearch

struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Bring the catalogue up to date with folders of photos.",
        discussion: """
            Only photos that are new or have changed are looked at. Searching does the same by itself; index it
            beforehand to have the first answer at once.

            EXAMPLES
              lookalike index ~/Pictures/shop
              lookalike index spring autumn --exclude '*-draft.*'
              lookalike index                        all folders of the catalogue
            """)

    @Argument(help: "Folders of photos, with all folders in them.", completion: .directory)
    var folders: [FilePath] = []

    @Option(help: "Leave out files and folders whose name, or path in the folder, matches this pattern.")
    var exclude: [String] = []

    @OptionGroup var engine: EngineOptions

    @Flag(name: .shortAndLong, help: "Tell what was done, and how much.")
    var verbose = false

    func run() async throws {
        let engine = try await engine.equippedEngine()
        let folders = try await engine.folders(named: folders, excluding: exclude)
        let report = try await IndexingReport(of: engine.refresh(folders), namesSkipped: true, verbose: verbose)
        await engine.tellTroubles()
        print(report.summary)
        if verbose { Console.tell(engine.workload.sentence) }
    }
}
