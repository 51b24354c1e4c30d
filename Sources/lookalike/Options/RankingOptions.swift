import ArgumentParser
import Vectors
import VisualSearch

/// How answers come about: all that can make them better or worse.
struct RankingOptions: ParsableArguments {
    @Option(
        help: """
            How alike two photos are: by the angle between their embeddings, by their distance, or by how far the colours \
            of one have to be moved to become those of the other (colour-emd).
            """)
    var metric = RankingMetric.cosine

    @Option(
        help: """
            What you mean by alike: a little of everything (balanced, the default), the very same garment, the same pattern \
            or material, or the same type of garment.
            """)
    var match: Match?

    @Option(
        help: ArgumentHelp("With colour-emd, how many of the nearest by cosine are ranked by it.", valueName: "count"))
    var candidates = 100

    @Option(
        help: ArgumentHelp(
            "With colour-emd, the share of colours in the similarity, from 0 to 1; the rest is the cosine.",
            valueName: "share"))
    var colourShare: Float = 0.5

    @OptionGroup var engine: EngineOptions

    mutating func validate() throws {
        engine.features = try engine.features(matching: match)
        guard (0...1).contains(colourShare) else {
            throw ValidationError("--colour-share \(colourShare): give a share from 0 to 1")
        }
        guard candidates > 0 else { throw ValidationError("--candidates \(candidates): give a number from 1") }
    }

    /// As many results as whoever asks wants.
    var searchOptions: SearchOptions {
        var options = SearchOptions(metric: metric.ofEmbeddings)
        options.match = match ?? .balanced
        (options.reranking, options.candidates) = (
            metric == .colourEMD ? .colours(share: colourShare) : nil, candidates
        )
        return options
    }

    /// Reads options as they would be written behind the command.
    static func parse(text: String) throws -> RankingOptions {
        do { return try parse(text.split(separator: " ").map(String.init)) } catch {
            throw ValidationError("--against “\(text)”: \(message(for: error))")
        }
    }
}

/// What results are ordered by.
enum RankingMetric: String, ExpressibleByArgument, CaseIterable {
    case cosine, euclidean, dot
    case colourEMD = "colour-emd"

    init?(argument: String) {
        guard let metric = Metric(argument: argument) else {
            self.init(rawValue: argument == "color-emd" ? Self.colourEMD.rawValue : argument)
            return
        }
        self.init(rawValue: metric.rawValue)
    }

    var ofEmbeddings: Metric { Metric(rawValue: rawValue) ?? .cosine }
}
