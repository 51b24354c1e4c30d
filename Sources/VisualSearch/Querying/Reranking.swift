import Imaging
import Ranking

/// What the nearest photos are ranked by once more.
public enum Reranking: Sendable, Hashable {
    /// The earth mover's distance of the garments' colours (`ColourSignature`). Similarity is 1 less the distance, as far as
    /// that has a share between 0 and 1, and what it was before for the rest.
    case colours(share: Float)
}

extension SearchEngine {
    /// Orders the candidates of each query anew; a query that cannot be read any more fails alone.
    nonisolated func rank(
        _ answers: [Result<SearchAnswer, SkipReason>], for queries: [Query], by reranking: Reranking,
        _ options: SearchOptions
    ) async throws -> [Result<SearchAnswer, SkipReason>] {
        var ranked: [Result<SearchAnswer, SkipReason>] = []
        for (query, answer) in zip(queries, answers) {
            do {
                ranked.append(.success(try await rank(answer.get(), for: query, by: reranking, options)))
            } catch let reason as SkipReason { ranked.append(.failure(reason)) }
        }
        return ranked
    }

    /// Orders candidates anew, and keeps as many as are asked for; one that cannot be read any more goes last.
    private nonisolated func rank(
        _ answer: SearchAnswer, for query: Query, by reranking: Reranking, _ options: SearchOptions
    ) async throws -> SearchAnswer {
        let similarities =
            switch reranking {
            case .colours(let share):
                zip(answer.results, try await colourSimilarities(of: answer.results, to: query, options)).map {
                    (1 - share) * $0.similarity + share * $1
                }
            }
        let order = similarities.indices.sorted { (similarities[$1], $0) < (similarities[$0], $1) }
        let kept = order.prefix { similarities[$0] >= options.threshold ?? -.infinity }.prefix(options.limit)
        let results = zip(1..., kept).map { rank, place in
            answer.results[place].ranked(rank, similarity: similarities[place])
        }
        return SearchAnswer(results: results, identical: answer.identical, recall: answer.recall)
    }

    private nonisolated func colourSimilarities(
        of candidates: [SearchResult], to query: Query, _ options: SearchOptions
    )
        async throws -> [Float]
    {
        let own = try colours(of: query)
        return try await candidates.inBatches(atOnce: options.processorsAtMost) { batch in
            batch.map { candidate in
                guard let other = try? self.colours(of: .file(candidate.path)) else { return 0 }
                return Float(1 - own.distance(to: other))
            }
        }
    }

    /// Those of the first photo of a query that is made of several.
    private nonisolated func colours(of query: Query) throws(SkipReason) -> ColourSignature {
        let bytes = try query.terms[0].contents.bytes
        do throws(ImageError) {
            return ColourSignature(of: try decoder.decode(bytes, framedFor: ColourSignature.input))
        } catch {
            throw .image(error)
        }
    }
}
