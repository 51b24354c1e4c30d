import Catalogue
import Hashing
import SystemPackage
import TestSupport
import Vectors

/// A catalogue that only one test has, and what to put into it.
struct CatalogueBench {
    static let space = EmbeddingSpace(identity: "model r1", dimension: 3)
    static let otherSpace = EmbeddingSpace(identity: "another model", dimension: 2)
    static let judge = "decoder 1"

    let folder = TemporaryFolder()
    let catalogue: PhotoCatalogue

    init() throws {
        catalogue = try PhotoCatalogue(at: folder.appending("catalogue.sqlite"))
    }

    /// The same file opened once more, as by another process.
    func again() throws -> PhotoCatalogue { try PhotoCatalogue(at: folder.appending("catalogue.sqlite")) }

    func record(_ records: PhotoRecord..., space: EmbeddingSpace = space) async throws {
        try await catalogue.record(records, space: space)
    }

    func files(in folder: FilePath, space: EmbeddingSpace = space, judge: String = judge) async throws
        -> [FilePath: RememberedFile]
    {
        try await catalogue.files(in: folder, space: space, judge: judge)
    }

    func state(of content: Int, space: EmbeddingSpace = space, judge: String = judge) async throws -> ContentState? {
        let digest = Self.digest(of: content)
        return try await catalogue.states(of: [digest], space: space, judge: judge)[digest]
    }

    /// The paths of the photos that a search compares, in its order, and their embeddings.
    func embeddings(in folder: FilePath, space: EmbeddingSpace = space) async throws -> [(
        path: FilePath, values: [Float]
    )] {
        let found = try await catalogue.embeddings(in: folder, space: space)
        return found.photos.enumerated().map { row, photo in
            (photo.path, Array(found.values[row * space.dimension..<(row + 1) * space.dimension]))
        }
    }

    func paths(in folder: FilePath, space: EmbeddingSpace = space) async throws -> [FilePath] {
        try await embeddings(in: folder, space: space).map(\.path)
    }

    static func digest(of content: Int) -> SHA256Digest { SHA256Digest(of: Array("\(content)".utf8)) }

    static func embedding(of content: Int) -> Embedding { Embedding([Float(content), 0.1, -.pi]) }
}

extension PhotoRecord {
    /// A photo with contents of that number, embedded.
    static func photo(_ path: FilePath, _ content: Int, stamp: FileStamp = .first) -> PhotoRecord {
        PhotoRecord(
            path: path, stamp: stamp, digest: CatalogueBench.digest(of: content),
            finding: .embedding(CatalogueBench.embedding(of: content)))
    }

    static func known(_ path: FilePath, _ content: Int, stamp: FileStamp = .first) -> PhotoRecord {
        PhotoRecord(path: path, stamp: stamp, digest: CatalogueBench.digest(of: content), finding: .known)
    }

    static func faulty(_ path: FilePath, _ content: Int, _ reason: String) -> PhotoRecord {
        PhotoRecord(
            path: path, stamp: .first, digest: CatalogueBench.digest(of: content),
            finding: .fault(reason, judge: CatalogueBench.judge))
    }
}

extension FileStamp {
    static let first = FileStamp(size: 1, modified: 2, changed: 3, inode: 4)
    static let second = FileStamp(size: .max, modified: .min, changed: -1, inode: 0)
}
