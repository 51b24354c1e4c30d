/// What people and programs are told about a model that anybody can have.
public struct ModelEntry: Sendable {
    /// As the registry has it.
    public let model: ModelDescription
    /// Whether its weights are in the store.
    public let isInstalled: Bool
    /// Whether it is taken where none is named.
    public let isStandard: Bool

    /// Looks for its weights in the store.
    public init(_ model: ModelDescription, in store: ModelStore) {
        self.model = model
        isInstalled = store.isInstalled(model)
        isStandard = model.id == ModelRegistry.standard
    }

    /// As it is used unless told otherwise.
    public var choice: ModelChoice {
        get throws(EmbedderError) { try ModelChoice(model.id) }
    }
}
