import Embedders
import VisualSearch

/// What becomes of a command whose model is not installed.
struct ModelOffer {
    let model: ModelDescription

    /// Asks whether to fetch it where somebody can answer; throws, and names the command that fetches it, where nobody
    /// can or does not want to.
    func settle() async throws {
        let store = Installation.standard.models
        if let weights = model.weights, !store.isInstalled(model), Console.canAsk,
            Console.ask(
                "\(model.id) is not installed (\(weights.size.megabytes) MB, \(weights.licence)). Fetch it now?")
        {
            try await FetchReport.fetch(model)
        }
        try store.check(model)
    }
}
