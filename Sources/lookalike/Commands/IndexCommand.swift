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
              lookalike index s3://shop/photos       in an object store, or a web server's folder
              lookalike index spring autumn --exclude '*-draft.*'
              lookalike index                        all folders of the catalogue
              lookalike index --worker --catalogue postgres://me@server/shop
            """)

    @Argument(help: "Folders of photos, with all folders in them.", completion: .directory)
    var folders: [FilePath] = []

    @Option(help: "Leave out files and folders whose name, or path in the folder, matches this pattern.")
    var exclude: [String] = []

    @Flag(
        help: ArgumentHelp(
            "Help a run on another machine, until nothing is left to do.",
            discussion: "The catalogue lies on a server, and photos at the same paths for all, or in an object store."))
    var worker = false

    @OptionGroup var engine: EngineOptions

    @Flag(name: .shortAndLong, help: "Tell what was done, and how much.")
    var verbose = false

    func validate() throws {
        guard !worker || folders.isEmpty && exclude.isEmpty else {
            throw ValidationError("--worker takes what another run has found: leave folders and --exclude out")
        }
    }

    func run() async throws {
        let engine = try await engine.equippedEngine()
        let run = worker ? engine.help() : engine.refresh(try await engine.folders(named: folders, excluding: exclude))
        let report = try await IndexingReport(of: run, namesSkipped: true, verbose: verbose)
        await engine.tellTroubles()
        print(report.summary)
        if verbose { Console.tell(engine.workload.sentence) }
    }
}
