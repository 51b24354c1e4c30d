import Catalogue
import SystemPackage
import Vectors

/// The photos that are searched, each with its row in an index.
struct Gallery {
    private var photos: [Photo] = []
    /// For each photo, whether its folder's user does not want it.
    private var isExcluded: [Bool] = []
    private var metric: Metric
    private var index: VectorIndex

    init(of folders: [PhotoFolder], space: EmbeddingSpace, metric: Metric, in catalogue: PhotoCatalogue) async throws {
        self.metric = metric
        index = VectorIndex(dimension: space.dimension)
        var count = 0
        for folder in folders.outermost { count += try await catalogue.embeddingCount(in: folder.path, space: space) }
        index.reserveCapacity(count)
        for folder in folders.outermost {
            self = try await catalogue.embeddings(in: folder.path, space: space, into: self) { gallery, photo, row in
                gallery.photos.append(photo)
                gallery.isExcluded.append(folder.isExcluded(photo.path))
                try gallery.index.insert(Int64(gallery.photos.count - 1), row)
            }
        }
    }

    /// `content` is the catalogue's number for what is in the query's file, if it has such.
    func answer(to query: Embedding, ofContent content: Int64?, options: SearchOptions) throws(VectorError)
        -> SearchAnswer
    {
        let neighbors = try index.nearest(options.limit, to: query, metric: metric) { row in
            !isExcluded[Int(row)] && (options.includesIdentical || photos[Int(row)].content != content)
        }.neighbors
        let near = neighbors.prefix { Float($0.similarity) >= options.threshold ?? -.infinity }
        return SearchAnswer(
            results: zip(1..., near).map { rank, neighbor in
                SearchResult(
                    rank: rank, path: photos[Int(neighbor.id)].path, similarity: Float(neighbor.similarity),
                    isIdentical: photos[Int(neighbor.id)].content == content)
            },
            identical: options.includesIdentical ? [] : photos(with: content))
    }

    private func photos(with content: Int64?) -> [FilePath] {
        photos.indices.filter { photos[$0].content == content && !isExcluded[$0] }.map { photos[$0].path }
    }
}
