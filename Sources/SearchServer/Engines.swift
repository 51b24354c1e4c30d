import Embedders
import VisualSearch

/// The engines that answer: one for each model that somebody asks for.
actor Engines {
    private static let limit = 4

    /// Of the model that is usual here.
    nonisolated let usual: SearchEngine
    private let open: @Sendable (String) throws -> SearchEngine
    /// Of the models that photos are described by, and no others: what a stranger names is not looked for on the disk.
    private let names: @Sendable () async throws -> [String]
    /// The one that was asked for last comes last.
    private var others: [(model: String, engine: SearchEngine)] = []

    init(
        usual: SearchEngine, names: @escaping @Sendable () async throws -> [String],
        open: @escaping @Sendable (String) throws -> SearchEngine
    ) {
        (self.usual, self.names, self.open) = (usual, names, open)
    }

    /// Throws where no photo is described by that model yet.
    func engine(for model: String?) async throws -> SearchEngine {
        guard let model, model != usual.choice.name else { return usual }
        if let place = others.firstIndex(where: { $0.model == model }) {
            others.append(others.remove(at: place))
            return others[others.count - 1].engine
        }
        guard try await names().contains(model) else {
            throw Problem(
                .impossible,
                "No photo is described by “\(model.prefix(40))” here: GET /api/models lists what can be asked for, and ‘lookalike index --model’ on the server's machine adds to it."
            )
        }
        // Somebody else may have asked for it meanwhile.
        if let known = others.first(where: { $0.model == model }) { return known.engine }
        let engine = try open(model)
        others.append((model, engine))
        if others.count > Self.limit { others.removeFirst() }
        return engine
    }
}

extension SearchEngine {
    /// The folders of the catalogue that are there now.
    nonisolated var presentRoots: [PhotoFolder] {
        get async throws { try await roots.compactMap { try? PhotoFolder($0) } }
    }
}
