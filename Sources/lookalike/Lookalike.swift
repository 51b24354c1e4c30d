import ArgumentParser

/// The program.
struct Lookalike: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lookalike",
        abstract: "Find the garments that look like the one in your photo.",
        discussion: """
            EXAMPLES
              lookalike search dress.jpg --photos ~/Pictures/shop
              lookalike search dress.jpg --photos ~/Pictures/shop --sheet result.jpg
              lookalike serve ~/Pictures/shop
              lookalike index ~/Pictures/shop
              lookalike neighbours --all > graph.csv
              lookalike duplicates ~/Pictures/shop
              lookalike forget shop/dress.jpg
              lookalike verify
              lookalike copy --from shop.sqlite --to postgres://me@server/shop
              lookalike cluster init cluster.json --catalogue postgres://me@server/shop
              lookalike evaluate --labels shop/labels.csv
              lookalike train mine --labels shop/labels.csv
              lookalike models
              lookalike models quantize efficientnet-lite0 --photos ~/Pictures/shop
              lookalike doctor

            EXIT STATUS
              0 something was found, 1 nothing was found, 2 there was trouble
            """,
        version: "0.1.0",
        subcommands: [
            SearchCommand.self, ServeCommand.self, IndexCommand.self, ExplainCommand.self, NeighboursCommand.self,
            DuplicatesCommand.self,
            ForgetCommand.self,
            VerifyCommand.self, CompactCommand.self, CopyCommand.self, ClusterCommand.self, ExportCommand.self,
            ImportCommand.self,
            EvaluateCommand.self,
            TrainCommand.self, ModelsCommand.self,
            DoctorCommand.self, OriginalCommand.self, DecodeCommand.self,
        ],
        defaultSubcommand: OriginalCommand.self)

    /// Refuses a first word that is no command: the options of the original program, which need no command, would
    /// be asked for instead.
    static func checkFirstWord() throws {
        let commands = configuration.subcommands.map { $0.configuration }
        let names = commands.compactMap(\.commandName) + ["help"]
        let words = names + commands.flatMap(\.aliases)
        guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"), !words.contains(word) else {
            return
        }
        let known = commands.filter(\.shouldDisplay).compactMap(\.commandName).joined(separator: ", ")
        throw ValidationError(
            "there is no command ‘\(word)’: there are \(known). To find photos like one: lookalike search PHOTO --photos FOLDER"
        )
    }
}
