import Embedders

/// The models that a user trained, for people at a terminal; nothing where there are none.
struct TrainedTable {
    private let models: [TrainedModel]

    init(_ models: [TrainedModel]) { self.models = models }

    var bytes: [UInt8] {
        guard !models.isEmpty else { return [] }
        let rows = [["trained by you", "how", "on", "photos", "labels", "R@1 before", "after"]] + models.map(\.cells)
        return Array(([""] + TextTable(rows, leftColumns: 3).lines).map { $0 + "\n" }.joined().utf8)
    }
}

extension TrainedModel {
    /// Without labels nobody knows what neighbours are worth.
    fileprivate var cells: [String] {
        let isLabelled = card.identities > 0
        let worth = [card.validation.before, card.validation.after].map { isLabelled ? $0.share : "–" }
        let labels = isLabelled ? card.identities.grouped : "–"
        return [name, card.origin.recipe.rawValue, card.origin.base ?? "–", card.photos.grouped, labels] + worth
    }
}
