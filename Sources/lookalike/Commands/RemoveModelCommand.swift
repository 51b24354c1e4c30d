import ArgumentParser
import Embedders
import VisualSearch

struct RemoveModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove models that you trained.",
        discussion: """
            What they described stays in catalogues until ‘lookalike models forget’ drops it.

            EXAMPLE
              lookalike models remove mine
            """)

    @Argument(help: ArgumentHelp("Models that you trained.", valueName: "name"))
    var names: [String]

    func run() throws {
        let store = Installation.standard.models
        for name in names where !store.isTrained(name) {
            throw ValidationError("you trained no model called ‘\(name)’: lookalike models lists those that there are")
        }
        for name in names {
            try store.removeTrained(name)
            print("\(name) is removed")
        }
    }
}
