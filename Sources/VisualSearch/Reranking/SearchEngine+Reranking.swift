import Embedders
import Imaging
import Ranking

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

    /// Orders candidates anew, and keeps as many as are asked for.
    private nonisolated func rank(
        _ answer: SearchAnswer, for query: Query, by reranking: Reranking, _ options: SearchOptions
    ) async throws -> SearchAnswer {
        var similarities = answer.results.map { reranking.kept * $0.similarity }
        let photos = answer.results.map { RankedPhoto(content: $0.content, path: $0.path) }
        for (measure, share) in reranking.measures where share > 0 {
            let measured = try await self.similarities(of: photos, to: query, by: measure, options.processorsAtMost)
            for place in similarities.indices { similarities[place] += share * measured[place] }
        }
        let order = similarities.indices.sorted { (similarities[$1], $0) < (similarities[$0], $1) }
        let kept = order.prefix { similarities[$0] >= options.threshold ?? -.infinity }.prefix(options.limit)
        var ranked = answer
        ranked.results = zip(1..., kept).map { rank, place in
            answer.results[place].ranked(rank, similarity: similarities[place])
        }
        ranked.rankedAgain = answer.results.count
        return ranked
    }

    private nonisolated func similarities(
        of photos: [RankedPhoto], to query: Query, by measure: Reranking.Measure, _ processors: Int
    ) async throws -> [Float] {
        switch measure {
        case .colours:
            let own = try await localFeature(ColourSignature.self, of: query)
            return try await similarities(of: photos, processors) { (other: ColourSignature) in
                1 - own.distance(to: other)
            }
        case .patches:
            let own = try await localFeature(PatchGrid.self, of: query).vectors
            return try await similarities(of: photos, processors) { (other: PatchGrid) in
                own.transportSimilarity(to: other.vectors)
            }
        case .bestPatches:
            let own = try await localFeature(PatchGrid.self, of: query).vectors
            return try await similarities(of: photos, processors) { (other: PatchGrid) in
                own.maximumSimilarity(to: other.vectors)
            }
        }
    }

    /// One that cannot be read any more is like nothing.
    private nonisolated func similarities<Feature: LocalFeature>(
        of photos: [RankedPhoto], _ processors: Int, _ similarity: @escaping @Sendable (Feature) -> Double
    ) async throws -> [Float] {
        var similarities: [Float] = []
        for start in stride(from: 0, to: photos.count, by: Self.rankedAtOnce) {
            let some = Array(photos[start..<min(start + Self.rankedAtOnce, photos.count)])
            let features = try await localFeatures(Feature.self, of: some, atOnce: processors)
            similarities += try await some.inBatches(atOnce: processors) { batch in
                batch.map { features[$0.content].map { Float(similarity($0)) } ?? 0 }
            }
        }
        return similarities
    }

    /// What is known of so many photos is in memory together.
    private static let rankedAtOnce = 2048
}
