import ArgumentParser

/// How answers come about: all that can make them better or worse.
///
/// Commands name both groups themselves, for the reason that `EngineOptions` is one.
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
