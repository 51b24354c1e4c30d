import ArgumentParser

/// How answers come about: all that can make them better or worse.
///
/// Commands name both groups themselves: the parser checks its declarations at each start of a debug build, which takes
/// several times as long for each group that lies in another.
struct AnsweringOptions: ParsableArguments {
    @OptionGroup var ranking: RankingOptions

    @OptionGroup var engine: EngineOptions

    mutating func validate() throws { engine.features = try engine.features(matching: ranking.match) }

    /// Reads options as they would be written behind the command.
    static func parse(text: String) throws -> AnsweringOptions {
        do { return try parse(text.split(separator: " ").map(String.init)) } catch {
            throw ValidationError("--against “\(text)”: \(message(for: error))")
        }
    }
}
