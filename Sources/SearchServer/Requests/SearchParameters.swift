import Embedders
import Imaging
import SystemPackage
import VisualSearch

/// What a search is asked for, beside its photos.
struct SearchParameters {
    /// All names that parameters of a search have.
    static let names: Set<String> = [
        "query", "photo", "region", "k", "above", "metric", "match", "candidates", "share", "colour", "folder", "only",
        "since", "before", "type", "fold", "always", "self", "recall", "partial", "model",
    ]
    static let resultLimit = 500
    private static let candidateLimit = 2000
    private static let patternLimit = 20
    private static let patternLength = 1000

    let metric: RankingMetric
    let match: Match
    let options: SearchOptions
    /// Of the server's; none for all that the catalogue knows.
    let folders: [FilePath]
    /// Whether the least unlike are results where nothing looks like the photo.
    let insists: Bool
    /// `nil` for the one that is usual here.
    let model: String?

    init(_ parameters: Parameters) throws(Problem) {
        metric = try parameters.choice("metric", of: RankingMetric.self) ?? .cosine
        match = try parameters.choice("match", of: Match.self) ?? .balanced
        folders = parameters.all("folder").map { FilePath($0) }
        insists = try parameters.flag("always") ?? false
        model = try parameters.text("model")
        var options = SearchOptions(limit: try parameters.integer("k", in: 1...Self.resultLimit) ?? 24)
        options.metric = metric.ofEmbeddings
        options.match = match
        options.threshold = try parameters.number("above", in: -1e6...1e6).map(Float.init)
        options.reranking = try Self.reranking(by: metric, parameters)
        options.candidates = try parameters.integer("candidates", in: 1...Self.candidateLimit) ?? options.candidates
        options.colour = try Self.colour(parameters)
        options.isDiverse = try parameters.flag("fold") ?? true
        options.includesIdentical = try parameters.flag("self") ?? false
        options.recall = try parameters.number("recall", in: 0...1)
        options.acceptsPartial = try parameters.flag("partial") ?? false
        options.filter = try Self.filter(parameters)
        self.options = options
    }

    private static func reranking(by metric: RankingMetric, _ parameters: Parameters) throws(Problem) -> Reranking? {
        let share = try parameters.number("share", in: 0...1).map(Float.init)
        let reranking = metric.reranking(share: share)
        guard reranking != nil || share == nil && parameters.all("candidates").isEmpty else {
            throw Problem(
                .badRequest, "share and candidates need a metric that ranks once more: add metric=emd, for example.")
        }
        return reranking
    }

    private static func colour(_ parameters: Parameters) throws(Problem) -> OKLab? {
        guard let text = try parameters.text("colour") else { return nil }
        guard let colour = OKLab(named: text) else {
            throw Problem(
                .badRequest,
                "colour=\(text.prefix(40)): give #RRGGBB, or one of \(OKLab.knownNames.joined(separator: ", ")).")
        }
        return colour
    }

    private static func filter(_ parameters: Parameters) throws(Problem) -> PhotoFilter {
        var filter = PhotoFilter()
        filter.patterns = parameters.all("only")
        guard filter.patterns.count <= patternLimit,
            filter.patterns.allSatisfy({ (1...patternLength).contains($0.utf8.count) })
        else {
            throw Problem(
                .badRequest,
                "only is for up to \(patternLimit) patterns of 1 to \(patternLength) bytes, such as */dresses/*.")
        }
        filter.from = try parameters.date("since")
        filter.until = try parameters.date("before")
        let types = try parameters.choices("type", of: GarmentType.self)
        filter.types = types.isEmpty ? nil : Set(types)
        return filter
    }
}
