import Catalogue
import Embedders
import Vectors

extension SearchEngine {
    /// Embeds without looking at a photo what the model that was trained on has embedded already; nothing where the model is none that
    /// was trained.
    nonisolated func mapKnown() async throws {
        guard let adapter = choice.adapter, let base = choice.untrained else { return }
        let known = EmbeddingSpace(identity: base.identity, dimension: base.dimension)
        var last: Int64 = 0
        while true {
            try Task.checkCancellation()
            let page = try await catalogue.embeddings(
                of: known, missingIn: space, after: last, limit: Self.mappedAtOnce)
            guard let end = page.last?.content else { return }
            let mapped = zip(page, adapter.applied(to: page.map(\.embedding)))
            try await catalogue.keep(mapped.map { (content: $0.content, embedding: $1) }, in: space)
            last = end
        }
    }

    /// So many embeddings are in memory together, and in one transaction.
    private static let mappedAtOnce = 4096
}
