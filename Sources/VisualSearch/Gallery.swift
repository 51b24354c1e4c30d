import Catalogue
import SystemPackage
import Vectors

/// The photos that are searched, each with its row in an index.
struct Gallery {
    private let photos: [Photo]
    private let index: ExactIndex

    init(of folders: [PhotoFolder], space: EmbeddingSpace, metric: Metric, in catalogue: PhotoCatalogue) async throws {
        var (photos, index) = ([Photo](), ExactIndex(dimension: space.dimension, metric: metric))
        for folder in folders.outermost {
            for (photo, embedding) in try await catalogue.embeddings(in: folder.path, space: space)
            where !folder.isExcluded(photo.path) {
                photos.append(photo)
                index.append(embedding)
            }
        }
        (self.photos, self.index) = (photos, index)
    }

    func answer(to query: EmbeddedQuery, options: SearchOptions) -> SearchAnswer {
        let isIdentical = { (row: Int) in photos[row].content == query.content }
        let neighbors = index.nearest(
            options.limit, to: query.embedding, where: { options.includesIdentical || !isIdentical($0) })
        let results = neighbors.prefix { $0.similarity >= options.threshold ?? -.infinity }.enumerated().map {
            SearchResult(
                rank: $0 + 1, path: photos[$1.row].path, similarity: $1.similarity, isIdentical: isIdentical($1.row))
        }
        let identical = options.includesIdentical || query.content == nil ? [] : photos.indices.filter(isIdentical)
        return SearchAnswer(results: results, identical: identical.map { photos[$0].path })
    }
}
