import ArgumentParser
import Vectors
import VisualSearch

/// How photos are ranked that have been described.
struct RankingOptions: ParsableArguments {
    @Option(
        help: """
            How alike two photos are: by the angle between their embeddings (cosine), or their distance. Or the nearest are \
            ranked once more: by how far the colours of one garment have to be moved to become those of the other \
            (colour-emd), by how far what is in the places of one photo is from what is in the other's (emd), by the most \
            similar place of each (maxsim), or by places and colours (fusion).
            """)
    var metric = RankingMetric.cosine

    @Option(
        help: """
            What you mean by alike: a little of everything (balanced, the default), the very same garment, the same pattern \
            or material, or the same type of garment.
            """)
    var match: Match?

    @Option(
        help: ArgumentHelp(
            "How many of the nearest are ranked once more, where the metric does that (default: 100).",
            valueName: "count"))
    var candidates: Int?

    @Flag(help: "Rank all photos once more: nothing is left out because its embedding is far.")
    var exhaustive = false

    @Option(
        help: ArgumentHelp(
            """
            How much of the similarity is by what photos are ranked by once more, from 0 to 1; the rest is by their \
            embeddings (default: .5 for colour-emd, .3 for fusion, .2 for emd and maxsim).
            """, valueName: "share"))
    var share: Float?

    func validate() throws {
        if let share, !(0...1).contains(share) {
            throw ValidationError("--share \(share): give a share from 0 to 1")
        }
        if let candidates, candidates < 1 {
            throw ValidationError("--candidates \(candidates): give a number from 1")
        }
        guard metric.reranking(share: share) == nil else { return }
        if share != nil || candidates != nil || exhaustive {
            throw ValidationError(
                "--share, --candidates and --exhaustive need a metric that ranks once more: add --metric emd, for example"
            )
        }
    }

    /// As many results as whoever asks wants.
    var searchOptions: SearchOptions {
        var options = SearchOptions(metric: metric.ofEmbeddings)
        options.match = match ?? .balanced
        options.reranking = metric.reranking(share: share)
        options.candidates = exhaustive ? .max : candidates ?? options.candidates
        return options
    }
}
