import Embedders
import SystemPackage

extension SearchEngine {
    /// Of so many nearly the same pictures of a garment, another one is still found.
    private static let picturesOfOne = 8
    /// From so alike on, by `Match.garment`, photos that are each other’s nearest show the same garment more often than not, and
    /// hardly ever where each garment is there once (`Documentation/GUIDE.md`).
    public static let sameGarment: Float = 0.85

    /// Photos of some folders that are nearest to each other as garments, and at least so alike, but for those that are nearly
    /// the same picture: the most alike first.
    ///
    /// The catalogue is taken as it is, and only photos that are alike enough are opened. `progress` is told how many were
    /// compared. Throws what a search throws, and a `SearchError` where photos are not described by views.
    public nonisolated func sameGarments(
        in folders: [PhotoFolder], above similarity: Float = sameGarment, progress: (Int) -> Void = { _ in }
    ) async throws -> [DuplicateGroup] {
        try checkViews()
        var sketches = PhotoSketches(decoder: decoder)
        var (nearest, copies) = ([FilePath: SearchResult](), [FilePath: [FilePath]]())
        var options = SearchOptions(limit: Self.picturesOfOne, threshold: similarity)
        options.match = .garment
        var count = 0
        for try await (photo, answer) in neighbours(in: folders, options: options) {
            let answer = try answer.get()
            for result in answer.results where try await !sketches.areNearlySame(photo, result.path) {
                nearest[photo] = result
                break
            }
            copies[photo] = answer.identical.filter { $0 != photo }
            count += 1
            progress(count)
        }
        let pairs = nearest.filter { photo, other in
            nearest[other.path]?.path == photo && photo.string < other.path.string
        }
        return pairs.map { photo, other in
            DuplicateGroup([photo, other.path], copies, similarity: other.similarity, isOfGarment: true)
        }.sorted { ($1.similarity, $0.contents[0][0].string) < ($0.similarity, $1.contents[0][0].string) }
    }

    /// Throws unless photos are described by views.
    public nonisolated func checkViews() throws(SearchError) {
        guard choice.views != nil else { throw .seesNoViews(model: choice.name) }
    }
}
