import SystemPackage

extension SearchEngine {
    /// The cosine of embeddings of photos that differ by size, compression, light or a mirror.
    public static let nearlySame: Float = 0.95
    /// So many nearest are looked at of each photo: larger groups hang together by others' links.
    private static let linksEach = 32

    /// Photos of some folders that have the same bytes, or whose embeddings are at least so alike and that show the same
    /// colours in the same places; the largest groups first.
    ///
    /// The catalogue is taken as it is, and only photos that may be nearly the same are opened. `progress` is told how many
    /// were compared. Throws what a search throws.
    public nonisolated func duplicates(
        in folders: [PhotoFolder], above similarity: Float = nearlySame, progress: (Int) -> Void = { _ in }
    ) async throws -> [DuplicateGroup] {
        var (links, copies, count) = (LinkedPhotos(), [FilePath: [FilePath]](), 0)
        var sketches = PhotoSketches(decoder: decoder)
        let options = SearchOptions(limit: Self.linksEach, threshold: similarity)
        for try await (photo, answer) in neighbours(in: folders, options: options) {
            let answer = try answer.get()
            copies[photo] = answer.identical.filter { $0 != photo }
            for copy in copies[photo, default: []] { links.link(photo, copy, 1) }
            for result in answer.results where try await sketches.areNearlySame(photo, result.path) {
                links.link(photo, result.path, result.similarity)
            }
            count += 1
            progress(count)
        }
        return links.groups.map { DuplicateGroup($0.photos, copies, similarity: $0.weakest) }
            .sorted { ($1.count, $0.contents[0][0].string) < ($0.count, $1.contents[0][0].string) }
    }
}
