import Catalogue
import Embedders
import Vectors

extension SearchEngine {
    /// Photos that stand for all of the catalogue.
    private static let sampleSize = 100
    /// The share of the catalogue's own photos that are no stranger than a query that looks like something here.
    private static let ownShare = 0.98

    /// Says of answers how sure each result is, and whether the query looks like nothing here.
    nonisolated func assessed(
        _ answers: [Result<SearchAnswer, SkipReason>], of queries: [Result<Gallery.Point, SkipReason>]
    ) async throws -> [Result<SearchAnswer, SkipReason>] {
        guard let recognition = choice.recognition, answers.contains(where: { (try? $0.get()) != nil }) else {
            return answers
        }
        let limit = try await strangest(by: recognition)
        var assessed: [Result<SearchAnswer, SkipReason>] = []
        for (answer, query) in zip(answers, queries) {
            guard let found = try? answer.get(), let query = try? query.get() else {
                assessed.append(answer)
                continue
            }
            assessed.append(.success(try await assess(found, of: query, by: recognition, limit: limit)))
        }
        return assessed
    }

    private nonisolated func assess(
        _ answer: SearchAnswer, of query: Gallery.Point, by recognition: GarmentRecognition, limit: Double
    ) async throws -> SearchAnswer {
        // What type a mixture or a part of a photo is of, nobody can say.
        guard query.isWholePhoto else { return answer }
        let found = try await catalogue.embeddings(ofContents: answer.results.map(\.content), space: space)
        var answer = answer
        answer.looksLikeNothing = recognition.strangeness(of: query.embedding) > limit
        for place in answer.results.indices {
            answer.results[place].sureness = found[answer.results[place].content].map {
                recognition.sameType(query.embedding, $0)
            }
        }
        return answer
    }

    /// How strange a query may be: as strange as photos of single garments usually are, or as those of this catalogue.
    private nonisolated func strangest(by recognition: GarmentRecognition) async throws -> Double {
        let revision = await index.revision
        if let kept = await strangeness, kept.revision == revision { return kept.limit }
        let limit = try await measuredStrangest(by: recognition)
        await keep(strangeness: limit, asOf: revision)
        return limit
    }

    private nonisolated func measuredStrangest(by recognition: GarmentRecognition) async throws -> Double {
        let own = try await catalogue.sample(Self.sampleSize, of: space).map {
            recognition.strangeness(of: $0.embedding)
        }.sorted()
        guard !own.isEmpty else { return recognition.usualStrangeness }
        return max(recognition.usualStrangeness, own[Int((Double(own.count - 1) * Self.ownShare).rounded(.up))])
    }
}
