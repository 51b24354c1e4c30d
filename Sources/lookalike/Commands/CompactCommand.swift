import ArgumentParser
import VisualSearch

struct CompactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact",
        abstract: "Write the catalogue and its indexes anew, without what was removed.",
        discussion: """
            Searches find the same before and after; it takes less room on disk after many photos were removed.

            EXAMPLE
              lookalike compact
            """)

    @OptionGroup var engine: EngineOptions

    func run() async throws { try await engine.engine().compact() }
}
