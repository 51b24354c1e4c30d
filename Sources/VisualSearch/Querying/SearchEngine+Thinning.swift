import Catalogue
import Vectors

extension SearchEngine {
    /// Of results whose embeddings are nearly the same only the first, which has the others, and so many at most.
    nonisolated func thinned(_ answers: [Result<SearchAnswer, SkipReason>], to limit: Int) async throws
        -> [Result<SearchAnswer, SkipReason>]
    {
        var thinned: [Result<SearchAnswer, SkipReason>] = []
        for answer in answers {
            guard let found = try? answer.get() else {
                thinned.append(answer)
                continue
            }
            thinned.append(.success(try await self.thinned(found, to: limit)))
        }
        return thinned
    }

    /// Looks no further than it must to find enough: what is nearly the same is mostly near in rank too.
    private nonisolated func thinned(_ answer: SearchAnswer, to limit: Int) async throws -> SearchAnswer {
        var (kept, seen) = ([SearchResult](), [Embedding]())
        for page in answer.results.pages(of: limit) where kept.count < limit {
            let embeddings = try await catalogue.embeddings(ofContents: page.map(\.content), space: space)
            for result in page {
                guard let embedding = embeddings[result.content]?.normalized else { continue }
                let first = seen.firstIndex { $0.values.product(with: embedding.values) >= Self.nearlySame }
                if let first {
                    kept[first].alike.append(result)
                } else if kept.count < limit {
                    kept.append(result.ranked(kept.count + 1, similarity: result.similarity))
                    seen.append(embedding)
                }
            }
        }
        var answer = answer
        answer.results = kept
        return answer
    }
}

extension [SearchResult] {
    fileprivate func pages(of length: Int) -> [ArraySlice<SearchResult>] {
        stride(from: 0, to: count, by: length).map { self[$0..<Swift.min($0 + length, count)] }
    }
}
