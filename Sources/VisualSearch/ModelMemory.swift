public import Catalogue
import Embedders

/// What a catalogue keeps of the models that it was brought up to date with: the embeddings of each, until it is told to
/// forget them.
public struct ModelMemory: Sendable {
    /// The embeddings that one model made in one way.
    public struct Entry: Sendable, Hashable {
        /// Names the model first, and then what else decides its numbers.
        public let identity: String
        /// How many photos are described.
        public let photoCount: Int
        /// What the embeddings take in the catalogue’s file, about.
        public let byteCount: Int
    }

    private let catalogue: any PhotoCatalogue

    /// Opens a catalogue, or makes it; without a name, the user's own. Throws a `CatalogueError`.
    public init(catalogue location: CatalogueLocation? = nil, installation: Installation = .standard) throws {
        catalogue = try (location ?? installation.catalogue).open()
    }

    /// In the order of their identities.
    public var entries: [Entry] {
        get async throws { try await catalogue.spaces().map(Entry.init) }
    }

    /// Drops the embeddings of some entries, and their indexes. Waits for a run that is bringing the catalogue up to date.
    public func forget(_ entries: [Entry]) async throws {
        let lock = try await catalogue.lock()
        defer { _ = lock }
        let identities = Set(entries.map(\.identity))
        try await catalogue.forget(catalogue.spaces().map(\.space).filter { identities.contains($0.identity) })
        try await catalogue.removeUnusedFiles()
    }
}

extension ModelMemory.Entry {
    fileprivate init(_ stored: StoredSpace) {
        self.init(
            identity: stored.space.identity, photoCount: stored.count,
            byteCount: stored.count * stored.space.dimension * MemoryLayout<Float>.size)
    }

    /// Whether it was made by the model that a user calls so: by its name, by its whole identity, or by an `.onnx` file.
    public func isMade(by name: String) -> Bool {
        identity == name || identity.hasPrefix("\(ModelDescription.stem(ofIdentitiesOf: name)) ")
    }
}
