import ArgumentParser
import SystemPackage
import Vectors
import VisualSearch

struct NeighboursCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "neighbours",
        abstract: "List the nearest of each photo: a graph of the catalogue.",
        discussion: """
            Each line has a photo, one of its nearest others, how near it is and its rank. The catalogue is taken as it is: \
            bring it up to date with ‘lookalike index’. Copies of a photo, byte for byte, are no neighbours of it.

            EXAMPLES
              lookalike neighbours --all > graph.csv
              lookalike neighbours --all --photos ~/Pictures/shop -k 5 --format json > graph.jsonl
              lookalike neighbours shop/dress.jpg shop/coat.jpg --above 0.8
            """,
        aliases: ["neighbors"])

    @Argument(help: "Photos whose nearest are listed.", completion: .file())
    var queries: [FilePath] = []

    @Flag(help: "List those of all photos in the folders.")
    var all = false

    @Option(
        name: .long,
        help: "A folder of photos, with all folders in it, of which both come. Default: all that the catalogue knows.",
        completion: .directory)
    var photos: [FilePath] = []

    @Option(help: "Leave out files and folders whose name, or path in the folder, matches this pattern.")
    var exclude: [String] = []

    @Option(name: [.customShort("k"), .customLong("limit")], help: "How many nearest of each photo at most.")
    var limit = 10

    @Option(help: "How alike two photos are: by the angle between their embeddings, or by their distance.")
    var metric = Metric.cosine

    @Option(help: "What you mean by alike: a little of everything, the same garment, pattern, or type.")
    var match: Match?

    @Option(help: "Only neighbours with at least this similarity.")
    var above: Float?

    @Option(help: ArgumentHelp("How many processors a search takes at most. Default: all.", valueName: "count"))
    var threads: Int?

    @Option(help: "What is printed: a table for spreadsheets, or an object of JSON in each line.")
    var format = GraphLines.Format.csv

    @OptionGroup var engine: EngineOptions

    mutating func validate() throws {
        engine.features = try engine.features(matching: match)
        guard limit > 0 else { throw ValidationError("-k \(limit): give a number from 1") }
        if let threads, threads < 1 { throw ValidationError("--threads \(threads): give a number from 1") }
        guard all == queries.isEmpty else { throw ValidationError("name photos, or write --all for all of them") }
    }

    func run() async throws {
        let engine = try engine.engine()
        let folders = try await engine.folders(named: photos, excluding: exclude)
        var options = SearchOptions(limit: limit, metric: metric, threshold: above)
        (options.processors, options.match) = (threads, match ?? .balanced)
        let graph =
            all
            ? engine.neighbours(in: folders, options: options)
            : engine.neighbours(of: queries, in: folders, options: options)
        let total = all ? try await engine.describedCount(in: folders) : queries.count
        let report = try await GraphReport(of: graph, total: total, lines: GraphLines(format: format, folders: folders))
        await engine.tellTroubles()
        try report.exit()
    }
}
