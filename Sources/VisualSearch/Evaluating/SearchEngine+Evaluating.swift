import Catalogue
import Evaluation
import SystemPackage

extension SearchEngine {
    /// Asks with every query of a protocol, as a user would, and judges what is found.
    ///
    /// The photos must be in folders that the catalogue was brought up to date with. `progress` is told how many queries
    /// were asked. Throws what a search throws, and a `LabelError` where the catalogue knows no photo of the gallery.
    public nonisolated func evaluate(
        _ evaluation: EvaluationProtocol, in folders: [PhotoFolder], options: SearchOptions = SearchOptions(),
        progress: (Int) -> Void = { _ in }
    ) async throws -> QualityReport {
        let judge = RankingJudge(evaluation, described: Set(try await describedPhotos(in: folders).keys))
        guard !judge.gallery.isEmpty else { throw LabelError.noGallery }
        var (judged, failures) = ([JudgedQuery](), [(FilePath, SkipReason)]())
        let queries = evaluation.queries.filter(judge.canJudge)
        for start in stride(from: 0, to: queries.count, by: Self.judgedAtOnce) {
            let batch = queries[start..<min(start + Self.judgedAtOnce, queries.count)]
            let answers = try await search(
                batch.map { .file($0.path) }, in: folders, options: judge.options(options))
            for (query, answer) in zip(batch, answers) {
                switch answer {
                case .success(let answer): judged.append(judge.judge(query, answer.results))
                case .failure(let reason): failures.append((query.path, reason))
                }
            }
            progress(start + batch.count)
        }
        return QualityReport(
            queries: judged, galleryCount: judge.gallery.count, missing: judge.missing, failures: failures)
    }

    private static let judgedAtOnce = 64

    /// With the number of what is in each.
    nonisolated func describedPhotos(in folders: [PhotoFolder]) async throws -> [FilePath: Int64] {
        var photos: [FilePath: Int64] = [:]
        var pages = EmbeddedPages(of: folders, in: catalogue, space: space, limit: 1024)
        while let page = try await pages.next() {
            for (photo, _) in page { photos[photo.path] = photo.content }
        }
        return photos
    }
}

/// Knows of each photo that may be found for which queries it is what was meant.
private struct RankingJudge {
    let gallery: [FilePath: LabelledPhoto]
    let missing: [FilePath]
    private let byLabel: [String: [LabelledPhoto]]
    /// How many photos any query has to pass over at most.
    private let mostIgnored: Int

    init(_ evaluation: EvaluationProtocol, described: Set<FilePath>) {
        let known = evaluation.gallery.filter { described.contains($0.path) }
        gallery = Dictionary(known.map { ($0.path, $0) }) { $1 }
        missing = evaluation.gallery.map(\.path).filter { !described.contains($0) }
        byLabel = Dictionary(grouping: gallery.values, by: \.label)
        let members = known.reduce(into: [Int: [String: Int]]()) { members, photo in
            for (place, group) in photo.groups.enumerated() { members[place, default: [:]][group, default: 0] += 1 }
        }
        mostIgnored =
            evaluation.queries.map { query in
                query.groups.enumerated().reduce(1) { $0 + (members[$1.offset]?[$1.element] ?? 0) }
            }.max() ?? 0
    }

    func canJudge(_ query: LabelledPhoto) -> Bool { relevantCount(for: query) > 0 }

    private func relevantCount(for query: LabelledPhoto) -> Int {
        byLabel[query.label, default: []].count(where: query.mayFind)
    }

    /// So many results that enough are left when those are passed over that a query must not find.
    func options(_ options: SearchOptions) -> SearchOptions {
        var options = options
        options.limit = Measure.depth + mostIgnored
        (options.includesIdentical, options.assesses) = (true, false)
        options.filter.among = Set(gallery.keys)
        return options
    }

    func judge(_ query: LabelledPhoto, _ results: [SearchResult]) -> JudgedQuery {
        let found = results.lazy.compactMap { result in gallery[result.path].map { ($0, result.similarity) } }
            .filter { query.mayFind($0.0) }.prefix(Measure.depth).map { photo, similarity in
                JudgedQuery.Found(
                    path: photo.path, label: photo.label, isRelevant: photo.label == query.label,
                    similarity: similarity)
            }
        return JudgedQuery(
            photo: query, found: Array(found),
            judgement: Judgement(found.map(\.isRelevant), of: relevantCount(for: query)))
    }
}
