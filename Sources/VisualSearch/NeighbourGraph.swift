import Catalogue
public import SystemPackage

/// Photos with those most like them, found as they are asked for.
///
/// Many photos are searched for at once, and no more are in memory: a graph of any size can be written as it comes. Whoever
/// stops asking stops the work.
public struct NeighbourGraph: AsyncSequence, Sendable {
    /// A photo, and its nearest others; or why it cannot be compared.
    public typealias Element = (photo: FilePath, answer: Result<SearchAnswer, SkipReason>)

    let engine: SearchEngine
    let folders: [PhotoFolder]
    let options: SearchOptions
    /// `nil` for all photos in the folders.
    let photos: [FilePath]?

    /// Begins with the first photo, whatever another iterator has come to.
    public func makeAsyncIterator() -> Iterator {
        Iterator(
            graph: self,
            pages: EmbeddedPages(
                of: folders, in: engine.catalogue, space: engine.space, limit: Iterator.photosAtOnce),
            rest: photos?[...])
    }

    /// Throws what a search throws, and a `CancellationError` in a cancelled task.
    public struct Iterator: AsyncIteratorProtocol {
        /// An index reads its codes once for all of them.
        static let photosAtOnce = 256

        private let graph: NeighbourGraph
        private var pages: EmbeddedPages
        private var rest: ArraySlice<FilePath>?
        private var gallery: Gallery?
        private var found: ArraySlice<Element> = []

        init(graph: NeighbourGraph, pages: EmbeddedPages, rest: ArraySlice<FilePath>?) {
            (self.graph, self.pages, self.rest) = (graph, pages, rest)
        }

        /// `nil` after the last photo.
        public mutating func next() async throws -> Element? {
            while found.isEmpty {
                try Task.checkCancellation()
                guard let batch = try await rest == nil ? nextPage() : nextNamed() else { return nil }
                found = batch[...]
            }
            return found.popFirst()
        }

        private mutating func nextPage() async throws -> [Element]? {
            guard let page = try await pages.next() else { return nil }
            let points = page.map { Gallery.Point(embedding: $0.embedding, contents: [$0.photo.content]) }
            let answers = try await graph.engine.answers(
                to: points, in: graph.folders, graph.options, keeping: &gallery)
            return zip(page, answers).map { ($0.photo.path, .success($1)) }
        }

        private mutating func nextNamed() async throws -> [Element]? {
            guard let named = rest?.prefix(Self.photosAtOnce), !named.isEmpty else { return nil }
            rest = rest?.dropFirst(Self.photosAtOnce)
            let answers = try await graph.engine.search(
                named.map(Query.file), in: graph.folders, options: graph.options)
            return zip(named, answers).map { ($0, $1) }
        }
    }
}

extension SearchEngine {
    /// The nearest of each photo in some folders among the others there, as the catalogue has them; nothing is brought up to
    /// date. Copies of a photo, byte for byte, are no neighbours of it unless the options say so.
    public nonisolated func neighbours(in folders: [PhotoFolder], options: SearchOptions = SearchOptions())
        -> NeighbourGraph
    {
        NeighbourGraph(engine: self, folders: folders, options: options, photos: nil)
    }

    /// The same for some photos, which may lie anywhere.
    public nonisolated func neighbours(
        of photos: [FilePath], in folders: [PhotoFolder], options: SearchOptions = SearchOptions()
    ) -> NeighbourGraph {
        // As where all photos are compared, nobody asks how sure that is.
        var options = options
        options.assesses = false
        return NeighbourGraph(engine: self, folders: folders, options: options, photos: photos)
    }
}
