import Catalogue
import SystemPackage
import Vectors

/// The photos of some folders, as they are searched: an index finds contents, the catalogue knows the photos that have them.
struct Gallery: Sendable {
    private let folders: [PhotoFolder]
    private let filter: PhotoFilter
    private let catalogue: PhotoCatalogue
    private let index: VectorIndex
    private let effort: MeasuredEffort
    /// Which embeddings may be found, where that is a matter of what photos show; `nil` where it is not.
    private let shows: Content?
    private var candidates: Candidates

    /// Which contents may be found.
    private enum Candidates {
        case all
        /// Those of photos that may be found, which nobody has gone through yet.
        case unlisted
        case listed(Set<Int64>)
    }

    /// What contents are chosen by, beside their photos.
    struct Content: Sendable {
        let space: EmbeddingSpace
        let isWanted: @Sendable (Embedding) -> Bool
    }

    init(
        of folders: [PhotoFolder], _ filter: PhotoFilter, in catalogue: PhotoCatalogue, _ index: VectorIndex,
        _ effort: MeasuredEffort, showing shows: Content? = nil
    ) async throws {
        self.shows = shows
        self.filter = filter
        self.folders = folders.outermost
        self.catalogue = catalogue
        self.index = index
        let isWhole = try await folders.outermost.hold(catalogue.roots())
        candidates = isWhole && filter.isOpen ? .all : .unlisted
        // Recall was measured with all photos: of a few, most could lie where nobody looks.
        self.effort = isWhole && filter.isOpen ? effort : .exact
    }

    /// A query as a point among contents.
    struct Point: Sendable {
        let embedding: Embedding
        /// The catalogue's numbers for what is in the query's files, of those that it has.
        let contents: [Int64]
        /// Whether the query is one whole photo, and no mixture or part.
        var isWholePhoto = true
    }

    /// The answers, in the order of the queries, and what it took to find them.
    mutating func answers(to queries: [Point], options: SearchOptions) async throws
        -> (answers: [SearchAnswer], work: SearchWork)
    {
        var work = SearchWork()
        var answers: [SearchAnswer?] = queries.map { _ in nil }
        // Some contents have no photo here any more, and the query's own may not count.
        var limit = min(options.limit, Self.mostAtOnce) + 8
        while true {
            let open = queries.indices.filter { answers[$0] == nil }
            guard !open.isEmpty else { return (answers.compactMap { $0 }, work) }
            if limit * open.count > mostUnlisted { try await listCandidates() }
            let found = try await nearest(limit, to: open.map { queries[$0].embedding }, options)
            work = found.reduce(work) { $0 + $1.work }
            let contents = found.flatMap { $0.neighbors.map(\.id) } + open.flatMap { queries[$0].contents }
            let photos = try await photos(of: Set(contents))
            for (query, nearest) in zip(open, found) {
                let ranking = Ranking(
                    nearest.neighbors, photos, contents: queries[query].contents, options, effort.recall)
                if ranking.isComplete || nearest.neighbors.count < limit { answers[query] = ranking.answer }
            }
            limit *= 4
        }
    }

    private static let mostAtOnce = 1 << 30
    /// The photos of so many contents are asked for sooner than those of the folders are gone through: all of these where
    /// patterns or dates decide, of which a few thousand are no trouble.
    private var mostUnlisted: Int { isListShort ? 0 : min(filter.isOpen ? 20 : 5000, index.count / 20) }

    private var isListShort: Bool { filter.among.map { $0.count <= index.count / 20 } ?? false }

    /// May hold more than what can be found, never less.
    private mutating func listCandidates() async throws {
        guard case .unlisted = candidates else { return }
        let contents =
            if let among = filter.among, isListShort {
                try await catalogue.contents(of: among)
            } else {
                try await folders.contents(in: catalogue, filter)
            }
        candidates = .listed(Set(contents))
    }

    private func nearest(
        _ limit: Int, to queries: [Embedding], _ options: SearchOptions
    ) async throws -> [NearestAnswer] {
        let tasks = options.processorsAtMost
        guard case .listed(let contents) = candidates else {
            return try await index.nearest(
                limit, to: queries, metric: options.metric, effort: effort.effort, tasks: tasks)
        }
        return try await index.nearest(
            limit, to: queries, metric: options.metric, effort: effort.effort, tasks: tasks
        ) { contents.contains($0) }
    }

    /// Those in the folders, by their contents.
    private func photos(of contents: Set<Int64>) async throws -> [Int64: [Photo]] {
        var contents = contents.sorted()
        if let shows {
            let embeddings = try await catalogue.embeddings(ofContents: contents, space: shows.space)
            contents = contents.filter { embeddings[$0].map(shows.isWanted) ?? false }
        }
        return try await catalogue.photos(ofContents: contents).mapValues { photos in
            photos.filter { photo in
                filter.accepts(photo)
                    && folders.contains { $0.contains(photo.path) && !$0.isExcluded(photo.path) }
            }
        }
    }
}

extension [PhotoFolder] {
    /// Whether everything in some other folders is in these, and nothing of it unwanted.
    fileprivate func hold(_ others: [FilePath]) -> Bool {
        others.allSatisfy { other in contains { folder in folder.exclusions.isEmpty && folder.contains(other) } }
    }

    fileprivate func contents(in catalogue: PhotoCatalogue, _ filter: PhotoFilter) async throws -> [Int64] {
        var contents: [Int64] = []
        for folder in self {
            contents += try await catalogue.contents(
                in: [folder.path], modified: filter.modified, where: folder.judge(filter))
        }
        return contents
    }
}

extension PhotoFolder {
    /// `nil` where no path is unwanted.
    fileprivate func judge(_ filter: PhotoFilter) -> (@Sendable (UnsafePointer<CChar>) -> Bool)? {
        guard !exclusions.isEmpty || !filter.patterns.isEmpty || filter.among != nil else { return nil }
        return { filter.accepts($0) && (exclusions.isEmpty || !isExcluded(FilePath(platformString: $0))) }
    }
}
