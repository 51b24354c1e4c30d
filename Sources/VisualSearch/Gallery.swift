import Catalogue
import SystemPackage
import Vectors

/// The photos that are searched, each with its row in an index.
struct Gallery {
    private var photos: [Photo] = []
    /// For each photo, whether its folder's user does not want it.
    private var isExcluded: [Bool] = []
    private var index: ExactIndex

    init(of folders: [PhotoFolder], space: EmbeddingSpace, metric: Metric, in catalogue: PhotoCatalogue) async throws {
        index = ExactIndex(dimension: space.dimension, metric: metric)
        var count = 0
        for folder in folders.outermost { count += try await catalogue.embeddingCount(in: folder.path, space: space) }
        index.reserveCapacity(count)
        for folder in folders.outermost {
            self = try await catalogue.embeddings(in: folder.path, space: space, into: self) { gallery, photo, row in
                gallery.photos.append(photo)
                gallery.isExcluded.append(folder.isExcluded(photo.path))
                gallery.index.append(row)
            }
        }
    }

    func answer(to query: EmbeddedQuery, options: SearchOptions) -> SearchAnswer {
        let neighbors = index.nearest(options.limit, to: query.embedding) { row in
            !isExcluded[row] && (options.includesIdentical || !isIdentical(row, query))
        }
        let near = neighbors.prefix { $0.similarity >= options.threshold ?? -.infinity }
        return SearchAnswer(
            results: zip(1..., near).map { rank, neighbor in
                SearchResult(
                    rank: rank, path: photos[neighbor.row].path, similarity: neighbor.similarity,
                    isIdentical: isIdentical(neighbor.row, query))
            },
            identical: options.includesIdentical ? [] : copies(of: query))
    }

    private func copies(of query: EmbeddedQuery) -> [FilePath] {
        photos.indices.filter { isIdentical($0, query) && !isExcluded[$0] }.map { photos[$0].path }
    }

    private func isIdentical(_ row: Int, _ query: EmbeddedQuery) -> Bool {
        photos[row].content == query.content
    }
}
