import Embedders
import Imaging
import Networks

/// What people and programs are told about a model.
struct ModelEntry {
    let model: ModelDescription
    let isInstalled: Bool
    let isStandard: Bool

    init(_ model: ModelDescription, in store: ModelStore) {
        self.model = model
        isInstalled = store.isInstalled(model)
        isStandard = model.id == ModelRegistry.standard
    }

    /// As it is used unless told otherwise.
    var choice: ModelChoice {
        get throws { try ModelChoice(model.id) }
    }
}
