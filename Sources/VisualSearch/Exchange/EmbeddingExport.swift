import Catalogue
import SectionFiles
public import SystemPackage
import Vectors

/// Writes the embeddings of photos into a file for other programs, one row a photo in the order of their paths.
///
/// `NAME.npy` holds 32-bit floats as NumPy reads them; beside it `NAME.paths.txt` has the path of each row, and `NAME.json`
/// says which model they are of. `NAME.csv` has each path and its numbers.
public struct EmbeddingExport: Sendable {
    private let path: FilePath

    /// Throws for a name that ends in neither `.npy` nor `.csv`.
    public init(to path: FilePath) throws(ExchangeError) {
        guard ["npy", "csv"].contains(path.extension) else { throw .noFormat(path) }
        self.path = path
    }

    /// Writes the photos of some folders that the engine's model has described, and returns how many.
    ///
    /// All as of one moment: a run that is bringing the catalogue up to date is waited for. A file has its name when all of it
    /// is on disk; a failure, or the task's cancellation, leaves nothing.
    public func run(on engine: SearchEngine, _ folders: [PhotoFolder], progress: (Int) -> Void = { _ in }) async throws
        -> Int
    {
        let lock = try await engine.catalogue.lock()
        defer { _ = lock }
        let pages = EmbeddedPages(of: folders, in: engine.catalogue, space: engine.space, limit: 512)
        if path.extension == "csv" {
            return try await write(pages, into: EmbeddingTable(path, space: engine.space), progress)
        }
        return try await write(pages, into: EmbeddingArray(path, space: engine.space), progress)
    }

    private func write<Writer: EmbeddingWriter & ~Copyable>(
        _ pages: EmbeddedPages, into writer: consuming Writer, _ progress: (Int) -> Void
    ) async throws -> Int {
        var (pages, count) = (pages, 0)
        while let page = try await pages.next() {
            for (photo, embedding) in page { try writer.append(photo.path, embedding) }
            count += page.count
            progress(count)
        }
        try writer.finish(rows: count)
        return count
    }
}

/// A format that embeddings are written in.
private protocol EmbeddingWriter: ~Copyable {
    mutating func append(_ path: FilePath, _ embedding: Embedding) throws
    mutating func finish(rows: Int) throws
}

extension EmbeddingArray: EmbeddingWriter {}
extension EmbeddingTable: EmbeddingWriter {}
