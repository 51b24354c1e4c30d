import Catalogue
import Foundation
public import SystemPackage

/// What a check of every byte of a catalogue, and of the indexes that were made from it, has found.
public struct CatalogueVerification: Sendable, Hashable {
    /// Photos that the catalogue knows.
    public private(set) var photos = 0
    /// Models whose embeddings were compared with their indexes.
    public private(set) var models = 0
    /// Embeddings of all models together.
    public private(set) var embeddings = 0
    /// Files of all indexes.
    public private(set) var segments = 0
    /// Of all files that were read.
    public private(set) var byteCount: Int
    /// What is wrong with the catalogue itself, a sentence each; nothing of it is mended.
    public private(set) var catalogueFaults: [String] = []
    /// What was wrong with indexes, a sentence each. An index of which one is told was dropped, and is made anew by the
    /// next search with its model.
    public private(set) var indexFaults: [String] = []

    /// Checks a catalogue that is there, and waits for a run that is bringing it up to date.
    ///
    /// Throws a `CatalogueError` where it cannot even be opened, and `SearchError.noCatalogue` where there is none. What may
    /// be damaged is not compared with an index.
    public init(ofCatalogueAt path: FilePath) async throws {
        guard FileManager.default.fileExists(atPath: path.string) else { throw SearchError.noCatalogue(path) }
        let catalogue = try PhotoCatalogue(at: path)
        let lock = try await CatalogueLock.take(for: catalogue)
        defer { _ = lock }
        byteCount = Self.size(of: path) + Self.size(of: FilePath(path.string + "-wal"))
        catalogueFaults = try await catalogue.faults()
        guard catalogueFaults.isEmpty else { return }
        photos = try await catalogue.photoCount()
        for stored in try await catalogue.spaces() { try await verify(stored.space, in: catalogue) }
        if !indexFaults.isEmpty { try await IndexFolder.removeUnused(of: catalogue) }
    }

    private mutating func verify(_ space: EmbeddingSpace, in catalogue: PhotoCatalogue) async throws {
        let verification = try await SpaceVerification(of: space, in: catalogue)
        models += 1
        embeddings += verification.embeddings
        segments += verification.segments.count
        byteCount += verification.byteCount
        catalogueFaults += verification.catalogueFaults
        guard !verification.indexFaults.isEmpty else { return }
        indexFaults += verification.indexFaults
        try await catalogue.forget(segments: verification.segments.map(\.name))
    }

    private static func size(of path: FilePath) -> Int { Int((try? FileStatus(of: path))?.stamp.size ?? 0) }
}
