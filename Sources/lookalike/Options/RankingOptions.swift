import ArgumentParser
import Vectors
import VisualSearch

/// How answers come about: all that can make them better or worse.
struct RankingOptions: ParsableArguments {
    @Option(help: "How alike two photos are: by the angle between their embeddings, or by their distance.")
    var metric = Metric.cosine

    @OptionGroup var engine: EngineOptions

    /// As many results as whoever asks wants.
    var searchOptions: SearchOptions { SearchOptions(metric: metric) }

    /// Reads options as they would be written behind the command.
    static func parse(text: String) throws -> RankingOptions {
        do { return try parse(text.split(separator: " ").map(String.init)) } catch {
            throw ValidationError("--against “\(text)”: \(message(for: error))")
        }
    }
}
