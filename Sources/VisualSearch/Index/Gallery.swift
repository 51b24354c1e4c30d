import Catalogue
import Vectors

/// The photos of some folders, as they are searched: an index finds contents, the catalogue knows the photos that have them.
struct Gallery: Sendable {
    private let selection: PhotoSelection
    private let catalogue: any PhotoCatalogue
    private var contents: any NearestContents
    /// Which embeddings may be found, where that is a matter of what photos show; `nil` where it is not.
    private let shows: Content?

    /// What contents are chosen by, beside their photos.
    struct Content: Sendable {
        let wanted: Set<Int16>
        /// Of which types contents are, by their numbers.
        let types: @Sendable ([Int64]) async throws -> [Int64: Int16]
    }

    /// The contents may hold more than is selected.
    init(
        of selection: PhotoSelection, in catalogue: any PhotoCatalogue, _ contents: any NearestContents,
        showing shows: Content? = nil
    ) {
        (self.selection, self.catalogue, self.contents, self.shows) = (selection, catalogue, contents, shows)
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
            let found = try await contents.nearest(limit, to: open.map { queries[$0].embedding })
            work = found.answers.reduce(work) { $0 + $1.work }
            let photos = try await photos(among: found, and: Set(open.flatMap { queries[$0].contents }))
            for (query, nearest) in zip(open, found.answers) {
                let ranking = Ranking(
                    nearest.neighbors, photos, contents: queries[query].contents, options, contents.recall)
                guard ranking.isComplete || nearest.neighbors.count < limit else { continue }
                answers[query] = ranking.answer.missing(found.missing)
            }
            limit *= 4
        }
    }

    private static let mostAtOnce = 1 << 30

    /// Those that are selected, by their contents.
    private func photos(among found: NearestPhotos, and own: Set<Int64>) async throws -> [Int64: [Photo]] {
        var photos = found.photos
        let missing = own.subtracting(photos.keys)
        if !missing.isEmpty {
            photos.merge(try await catalogue.photos(ofContents: missing.sorted())) { $1 }
        }
        if let shows {
            // What is on a missing server cannot be among what was found, but the query can be there.
            let asked = found.missing.isEmpty ? photos.keys.sorted() : found.photos.keys.sorted()
            let types = try await shows.types(asked)
            photos = photos.filter { types[$0.key].map(shows.wanted.contains) ?? false }
        }
        return photos.mapValues { $0.filter(selection.contains) }
    }
}
