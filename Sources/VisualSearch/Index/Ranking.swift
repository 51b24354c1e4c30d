import Catalogue
import SystemPackage
import Vectors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The photos that have some contents: the most alike first, and of those equally alike the first by its path's bytes.
struct Ranking {
    let answer: SearchAnswer
    /// Whether more contents would change nothing.
    let isComplete: Bool

    init(
        _ neighbors: [Neighbor], _ photos: [Int64: [Photo]], contents: [Int64], _ options: SearchOptions,
        _ recall: Estimate?
    ) {
        let near = neighbors.prefix { Float($0.similarity) >= options.threshold ?? -.infinity }
        let ranked = near.filter { options.includesIdentical || !contents.contains($0.id) }.flatMap { neighbor in
            photos[neighbor.id, default: []].map { Ranked(photo: $0, similarity: neighbor.similarity) }
        }.sorted().prefix(options.limit)
        let results = zip(1..., ranked).map { rank, found in
            SearchResult(
                rank: rank, path: found.photo.path, id: PhotoID(of: found.photo.digest),
                similarity: Float(found.similarity),
                isIdentical: contents.contains(found.photo.content), content: found.photo.content)
        }
        let identical = options.includesIdentical ? [] : contents.flatMap { photos[$0, default: []] }
        answer = SearchAnswer(results: results, identical: identical.map(PhotoPlace.init), recall: recall)
        let isFull = ranked.count == options.limit && neighbors.last?.similarity != ranked.last?.similarity
        isComplete = isFull || near.count < neighbors.count
    }
}

private struct Ranked: Comparable {
    let photo: Photo
    let similarity: Double

    static func < (left: Ranked, right: Ranked) -> Bool {
        left.similarity == right.similarity
            ? left.photo.path.precedes(right.photo.path) : left.similarity > right.similarity
    }
}

extension FilePath {
    /// In the order of their bytes.
    func precedes(_ other: FilePath) -> Bool {
        withPlatformString { own in other.withPlatformString { strcmp(own, $0) < 0 } }
    }
}
