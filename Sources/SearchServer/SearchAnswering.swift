import Embedders
import VisualSearch

/// One search, from the photos that are named to what is found.
struct SearchAnswering: Sendable {
    let serving: Serving
    let asked: SearchParameters

    /// The answer but for how long it took. Throws a `Problem`, or what a search throws.
    func answer(to query: NamedQuery) async throws -> @Sendable (StageClock, Duration) -> AnswerJSON {
        let engine = try await serving.engines.engine(for: asked.model)
        try engine.check(asked.options)
        if asked.match != .balanced { try engine.checkViews() }
        let photos = try await self.photos(of: query)
        let asks = zip(photos, query.terms).map { QueryTerm($0.term, region: $1.region, weight: $1.weight) }
        let folders = try await serving.folders(asked.folders, of: engine)
        let found = try await engine.search([.mixed(asks)], in: folders, options: await options)[0].get()
        let count = try await serving.counts.described(by: engine, in: folders)
        let terms = zip(photos, query.terms).map(AnswerJSON.Term.init)
        return { clock, duration in
            answer(insisted(found), terms, count, engine, clock, duration)
        }
    }

    /// Alone, a search may take all processors.
    private var options: SearchOptions {
        get async {
            var options = asked.options
            options.processors = await serving.searches.running > 1 ? 1 : nil
            return options
        }
    }

    private func photos(of query: NamedQuery) async throws -> [ServedPhoto] {
        var photos: [ServedPhoto] = []
        for term in query.terms {
            switch term.name {
            case .id(let id): photos.append(try await serving.photo(id))
            case .sent(let bytes): photos.append(try await serving.photo(bytes, await serving.sent.keep(bytes)))
            }
        }
        return photos
    }

    private func insisted(_ answer: SearchAnswer) -> SearchAnswer {
        answer.looksLikeNothing && !asked.insists ? answer.withoutResults : answer
    }

    private func answer(
        _ found: SearchAnswer, _ terms: [AnswerJSON.Term], _ count: Int,
        _ engine: SearchEngine, _ clock: StageClock,
        _ duration: Duration
    ) -> AnswerJSON {
        var took = ["total": duration.milliseconds]
        for stage in Stage.allCases { took[stage.rawValue] = clock[stage]?.milliseconds }
        return AnswerJSON(
            query: AnswerJSON.Query(terms: terms), looksLikeNothing: found.looksLikeNothing,
            results: found.results.map(ResultJSON.init), identical: found.identicalPhotos.map(PlaceJSON.init),
            rankedAgain: found.rankedAgain, exact: found.recall == nil && found.missing.isEmpty, recall: found.recall,
            missing: found.missing.isEmpty ? nil : found.missing, photos: count, model: engine.choice.name,
            metric: asked.metric, match: asked.match, took: took)
    }
}

extension AnswerJSON.Term {
    fileprivate init(_ photo: ServedPhoto, _ term: NamedQuery.Term) {
        self.init(
            photo: photo.id.description, weight: term.weight, region: term.region?.lengths, known: photo.known != nil)
    }
}

extension PhotoRegion {
    /// As they are written.
    fileprivate var lengths: [Double] { [left, top, width, height] }
}
