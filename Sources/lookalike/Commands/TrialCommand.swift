import ArgumentParser
import Embedders
import Foundation
import VisualSearch

/// Measures one model for `CompareCommand`, whose processes tell each model's memory from another's.
struct TrialCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trial", abstract: "Measure one model, and print its figures as JSON.", shouldDisplay: false)

    @Argument var model: String

    @OptionGroup var sample: SampleOptions

    func run() async throws {
        let trial = try await ModelTrial(
            of: Installation.standard.models.choice(model), on: sample.folders(), labels: sample.photoLabels(),
            limit: sample.limit)
        try Console.put(Array(JSONEncoder().encode(await trial.run())))
    }
}
