import Catalogue
public import Embedders

extension ModelMemory {
    /// The models that photos of the catalogue are described by in the way that is usual for them, and how many; the name of each
    /// is one that `ModelStore.choice` understands.
    public func searchable(_ models: ModelStore) async throws -> [(model: String, photoCount: Int)] {
        let entries = try await entries
        let names = ModelRegistry.models.map(\.id) + models.trainedModels.map(\.name)
        return names.compactMap { name in
            guard let identity = try? models.choice(name).identity,
                let entry = entries.first(where: { $0.identity == identity }), entry.photoCount > 0
            else { return nil }
            return (name, entry.photoCount)
        }
    }
}
