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
              lookalike index ~/Pictures/shop
              lookalike models

            EXIT STATUS
              0 something was found, 1 nothing was found, 2 there was trouble
            """,
        version: "0.1.0",
        subcommands: [SearchCommand.self, IndexCommand.self, ModelsCommand.self, OriginalCommand.self],
        defaultSubcommand: OriginalCommand.self)
}
