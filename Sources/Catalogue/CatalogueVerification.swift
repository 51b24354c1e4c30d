/// What a check of every byte of a catalogue, and of the indexes that were made from it, has found.
public struct CatalogueVerification: Sendable, Hashable {
    /// Photos that the catalogue knows.
    public internal(set) var photos = 0
    /// Models whose embeddings were compared with their indexes.
    public internal(set) var models = 0
    /// Embeddings of all models together.
    public internal(set) var embeddings = 0
    /// Files of all indexes.
    public internal(set) var segments = 0
    /// Of all that was read.
    public internal(set) var byteCount = 0
    /// What is wrong with the catalogue itself, a sentence each; nothing of it is mended.
    public internal(set) var catalogueFaults: [String] = []
    /// What was wrong with indexes, a sentence each. An index of which one is told was dropped, and is made anew by the
    /// next search with its model.
    public internal(set) var indexFaults: [String] = []

    /// Checks a catalogue that is there, and waits for a run that is bringing it up to date.
    ///
    /// Throws a `CatalogueError` where there is none, or it cannot even be opened.
    public init(ofCatalogueAt location: CatalogueLocation) async throws {
        let catalogue = try location.opened()
        let lock = try await catalogue.lock()
        defer { _ = lock }
        self = try await catalogue.verify()
    }

    init() {}
}
