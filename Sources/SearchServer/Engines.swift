import Embedders
import VisualSearch

/// The engines that answer: one for each model that somebody asks for.
actor Engines {
    private static let limit = 4

    /// Of the model that is usual here.
    nonisolated let usual: SearchEngine
    private let open: @Sendable (String) throws -> SearchEngine
    /// The one that was asked for last comes last.
    private var others: [(model: String, engine: SearchEngine)] = []

    init(usual: SearchEngine, open: @escaping @Sendable (String) throws -> SearchEngine) {
        (self.usual, self.open) = (usual, open)
    }

    /// Throws where no photo is described by that model yet.
    func engine(for model: String?) async throws -> SearchEngine {
        guard let model, model != usual.choice.name else { return usual }
        if let place = others.firstIndex(where: { $0.model == model }) {
            others.append(others.remove(at: place))
            return others[others.count - 1].engine
        }
        let engine: SearchEngine
        do { engine = try open(model) } catch {
            throw Problem(.impossible, "\(error).")
        }
        guard try await engine.describedCount(in: engine.presentRoots) > 0 else {
            throw Problem(
                .impossible,
                "No photo is described by \(model) yet: ‘lookalike index --model \(model)’ brings the catalogue up to date with it."
            )
        }
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
