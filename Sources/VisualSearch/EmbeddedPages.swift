import Catalogue
import SystemPackage
import Vectors

/// The photos of some folders with their embeddings, as many at a time as there is room for, folder by folder in the order of
/// their paths.
struct EmbeddedPages {
    typealias Page = [(photo: Photo, embedding: Embedding)]

    private let catalogue: any PhotoCatalogue
    private let space: EmbeddingSpace
    private let limit: Int
    private var folders: ArraySlice<PhotoFolder>
    /// The last one of the folder that is being gone through.
    private var last: FilePath?

    init(of folders: [PhotoFolder], in catalogue: any PhotoCatalogue, space: EmbeddingSpace, limit: Int) {
        self.folders = folders.outermost[...]
        self.catalogue = catalogue
        self.space = space
        self.limit = limit
    }

    /// `nil` after the last page; a page of which all is excluded is empty.
    mutating func next() async throws -> Page? {
        while let folder = folders.first {
            try Task.checkCancellation()
            let page = try await catalogue.embeddings(in: folder.path, after: last, limit: limit, space: space)
            last = page.last?.photo.path
            if !page.isEmpty { return page.filter { !folder.isExcluded($0.photo.path) } }
            folders.removeFirst()
        }
        return nil
    }
}

extension SearchEngine {
    /// How many photos in some folders the engine's model has described, those included that are left out of the folders.
    public nonisolated func describedCount(in folders: [PhotoFolder]) async throws -> Int {
        var count = 0
        for folder in folders.outermost {
            count += try await catalogue.embeddingCount(in: folder.path, space: space)
        }
        return count
    }
}
