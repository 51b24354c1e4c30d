import ArgumentParser
import SystemPackage
import VisualSearch

struct DuplicatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: "Find photos that are there twice, or nearly so.",
        discussion: """
            Copies have the same bytes. Others are nearly the same picture: smaller, compressed again, mirrored, a little darker. \
            With --garments: other pictures of the same garment, as far as can be told. Nothing is deleted. Exit status: 0 there are some, 1 there are none.

            EXAMPLES
              lookalike duplicates ~/Pictures/shop
              lookalike duplicates shop --html duplicates.html
              lookalike duplicates shop outlet --above 0.98 --format json
              lookalike duplicates shop --garments --html garments.html
            """)

    @Argument(help: "Folders of photos, with all folders in them.", completion: .directory)
    var folders: [FilePath]

    @Option(help: "Leave out files and folders whose name, or path in the folder, matches this pattern.")
    var exclude: [String] = []

    @Flag(help: "Tell pairs of photos that may show the same garment, instead of the same picture.")
    var garments = false

    @Option(
        help: ArgumentHelp(
            "How alike photos are at least: the cosine of their embeddings, or for garments of their views. With 1, only copies are told, and no garments (default: \(SearchEngine.nearlySame), and \(SearchEngine.sameGarment) for garments).",
            valueName: "cosine"))
    var above: Float?

    @Option(help: "What is printed.")
    var format = Format.text

    @Option(help: "Write a web page with the groups in pictures, in one file.", completion: .file(extensions: ["html"]))
    var html: FilePath?

    @OptionGroup var engine: EngineOptions

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    func validate() throws {
        if let above, !(-1...1).contains(above) {
            throw ValidationError("--above \(above): give a number from -1 to 1")
        }
    }

    func run() async throws {
        try html?.checkWritable()
        let folders = try folders.map { try PhotoFolder($0, excluding: exclude) }
        let engine = try await engine.equippedEngine()
        if garments { try engine.checkViews() }
        try await engine.bringUpToDate(with: folders)
        let duplicates = Duplicates(
            groups: try await groups(in: folders, engine), folders: folders, isOfGarments: garments)
        switch format {
        case .text: try Console.put(duplicates.text)
        case .json: try Console.put(duplicates.json)
        }
        if let html { try DuplicatesPage(duplicates: duplicates, engine: engine).write(to: html) }
        if duplicates.groups.isEmpty { throw ExitCode(1) }
    }

    private func groups(in folders: [PhotoFolder], _ engine: SearchEngine) async throws -> [DuplicateGroup] {
        let total = try await engine.describedCount(in: folders)
        var bar = ProgressBar("Comparing", counting: .photos)
        defer { bar.clear() }
        let groups =
            garments
            ? try await engine.sameGarments(in: folders, above: above ?? SearchEngine.sameGarment) {
                bar.show($0, of: total)
            }
            : try await engine.duplicates(in: folders, above: above ?? SearchEngine.nearlySame) {
                bar.show($0, of: total)
            }
        await engine.tellTroubles()
        return groups
    }
}
