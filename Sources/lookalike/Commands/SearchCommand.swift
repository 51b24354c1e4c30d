import ArgumentParser
import Embedders
import Imaging
import SystemPackage
import VisualSearch

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find the photos that look like yours.",
        discussion: """
            The folders are brought up to date first: only photos that are new or have changed are looked at.

            EXAMPLES
              lookalike search dress.jpg --photos ~/Pictures/shop
              lookalike search dress.jpg --photos shop --photos outlet -k 20 --sheet result.jpg
              lookalike search *.jpg --photos shop --format json > answers.json
              lookalike search 'a.jpg + 0.5:b.jpg - c.jpg' --photos shop
              lookalike search dress.jpg@0.2,0.1,0.5,0.4 --photos shop
              lookalike search dress.jpg --above 0.7 --format paths -0 | xargs -0 cp -t found/
            """)

    @Argument(
        help: ArgumentHelp(
            "Photos to find the look-alikes of.",
            discussion: """
                Or several at once, between + and - with spaces: 'a.jpg + 0.5:b.jpg - c.jpg' is like a, half as much like b, \
                and not like c. A part of a photo: a.jpg@LEFT,TOP,WIDTH,HEIGHT, in shares of it or in pixels.
                """),
        completion: .file())
    var queries: [FilePath]

    @Option(
        name: .long,
        help: "A folder of photos to search, with all folders in it. Default: all that the catalogue knows.",
        completion: .directory)
    var photos: [FilePath] = []

    @Option(help: "Leave out files and folders whose name, or path in the folder, matches this pattern.")
    var exclude: [String] = []

    @Option(name: [.customShort("k"), .customLong("limit")], help: "How many results at most.")
    var limit = 10

    @Option(help: "Only results with at least this similarity.")
    var above: Float?

    @OptionGroup var filter: FilterOptions

    @Option(
        help: ArgumentHelp(
            "Find so much of the nearest photos, from 0 to 1, and be faster. Default: all of them, unless there are many millions.",
            valueName: "share"))
    var recall: Double?

    @Option(help: ArgumentHelp("How many processors a search takes at most. Default: all.", valueName: "count"))
    var threads: Int?

    @Flag(help: "Rank the query itself and its exact copies too, if they are in the folders.")
    var includeSelf = false

    @Option(
        name: [.customLong("colour"), .customLong("color")],
        help: ArgumentHelp(
            "Like the photo, but in this colour: #7a1f2b, or a name such as navy.",
            discussion: "Names: \(OKLab.knownNames.joined(separator: ", ")).", valueName: "colour"))
    var colour: String?

    @Flag(help: "Of results that are nearly the same photo, show only the first.")
    var diverse = false

    @Flag(help: "Show the nearest even of a photo that nothing here looks like.")
    var always = false

    @Flag(
        help: ArgumentHelp(
            "Of a catalogue that is spread over several servers, show what the others find where one does not answer.",
            discussion: "Which did not is told, too. Default: an error."))
    var partial = false

    @Flag(inversion: .prefixedNo, help: "Bring the folders up to date first.")
    var refresh = true

    @OptionGroup var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "Whether a running ‘lookalike serve’ of the same catalogue is asked, which has everything ready (auto), or not (never).",
            discussion: "What it cannot answer, or not in the same way, is searched for here. Default: never."))
    var server = ServerUse.never

    @OptionGroup var ranking: RankingOptions

    @OptionGroup var engine: EngineOptions

    @Flag(name: .shortAndLong, help: "Tell what was done, and how much.")
    var verbose = false

    mutating func validate() throws {
        engine.features = try engine.features(matching: ranking.match)
        for query in queries { _ = try Question(query) }
        guard limit > 0 else { throw ValidationError("-k \(limit): give a number from 1") }
        if let colour, OKLab(named: colour) == nil {
            throw ValidationError(
                "--colour \(colour): give #RRGGBB, or one of \(OKLab.knownNames.joined(separator: ", "))")
        }
        if let threads, threads < 1 { throw ValidationError("--threads \(threads): give a number from 1") }
        if let recall, !(0...1).contains(recall) {
            throw ValidationError("--recall \(recall): give a share from 0 to 1, such as 0.99")
        }
    }

    func run() async throws {
        try output.check()
        if let findings = try served() {
            try output.print(findings)
            return try findings.exit()
        }
        let engine = try await engine.equippedEngine()
        let findings = try await search().run(on: engine, verbose: verbose)
        try output.write(findings, engine: engine)
        if verbose { Console.tell(engine.workload.sentence) }
        try findings.exit()
    }

    /// What a running server finds; `nil` where there is none, or this is not for it.
    private func served() throws -> Findings? {
        guard server == .auto, !verbose, !output.drawsPictures, filter.among == nil, threads == nil,
            let choice = try engine.usualChoice()
        else { return nil }
        return try ServedSearch(
            search: search(), metric: ranking.metric, identity: choice.identity,
            catalogue: Installation.standard.companion(of: engine.location)
        ).findings()
    }

    private func search() throws -> Search {
        var options = ranking.searchOptions
        (options.limit, options.threshold, options.includesIdentical) = (limit, above, includeSelf)
        (options.recall, options.isDiverse) = (recall, diverse)
        (options.processors, options.acceptsPartial) = (threads, partial)
        options.colour = colour.flatMap(OKLab.init(named:))
        options.filter = try filter.filter()
        return Search(
            questions: try queries.map(Question.init), folders: photos, exclusions: exclude, refreshes: refresh,
            insists: always, options: options)
    }
}
