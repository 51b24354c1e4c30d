import Hashing
import SystemPackage
import TestSupport
import Vectors

@testable import Catalogue

/// Whoever has a catalogue, and what is done to it.
protocol CatalogueUser {
    var anyCatalogue: any PhotoCatalogue { get }
}

/// A catalogue that only one test has: in a file, unless tests are to run on a server, or on a cluster of shards.
struct CatalogueBench: CatalogueUser {
    let folder: TemporaryFolder
    let catalogue: any PhotoCatalogue
    private let databases: [TestDatabase]

    init() async throws {
        let databases = (0...TestDatabase.shardCount).compactMap { _ in TestDatabase() }
        try self.init(in: TemporaryFolder(), databases)
        guard databases.count > 1 else { return }
        try await CatalogueCluster(of: catalogue.location, mayBeMade: true).found(
            ClusterDescription(of: databases.dropFirst()))
    }

    private init(in folder: TemporaryFolder, _ databases: [TestDatabase]) throws {
        (self.folder, self.databases) = (folder, databases)
        catalogue = try CatalogueLocation(
            databases.first?.address ?? folder.appending("catalogue.sqlite").string
        ).open()
    }

    /// The same opened once more, as by another process.
    func again() throws -> CatalogueBench { try CatalogueBench(in: folder, databases) }

    var anyCatalogue: any PhotoCatalogue { catalogue }
}

extension ClusterDescription {
    /// Shards in some databases, called a, b, c, …, that are never too late, however busy their server is.
    init(of databases: some Collection<TestDatabase>) throws {
        try self.init(
            shards: zip("abcdefgh", databases).map { Shard(name: String($0), address: $1.address) }, deadline: 60)
    }
}

/// A catalogue in a file, whatever else tests run on.
struct EmbeddedBench: CatalogueUser {
    let folder: TemporaryFolder
    let catalogue: EmbeddedCatalogue

    init() throws { try self.init(in: TemporaryFolder()) }

    private init(in folder: TemporaryFolder) throws {
        self.folder = folder
        catalogue = try EmbeddedCatalogue(at: folder.appending("catalogue.sqlite"))
    }

    /// The same file opened once more, as by another process.
    func again() throws -> EmbeddedBench { try EmbeddedBench(in: folder) }

    var anyCatalogue: any PhotoCatalogue { catalogue }

    /// The snapshot of a space, and the embeddings that come with it.
    func snapshot(since: Int64? = nil, space: EmbeddingSpace = Self.space) async throws -> IndexState {
        let (snapshot, rows) = try await catalogue.snapshot(of: space, since: since, into: [IndexRow]()) {
            $0.append(IndexRow(added: $1, values: Array($2.bindMemory(to: Float.self))))
        }
        return IndexState(snapshot: snapshot, rows: rows)
    }

    /// Records a segment that holds what no other does, and returns it.
    @discardableResult func segment(_ name: String, space: EmbeddingSpace = Self.space) async throws -> IndexSegment {
        let state = try await snapshot(space: space)
        let segment = IndexSegment(name: name, sequence: state.snapshot.sequence, rows: state.rows.count)
        try await catalogue.record(segment, since: state.snapshot.since, space: space)
        return segment
    }
}

extension CatalogueUser {
    static var space: EmbeddingSpace { EmbeddingSpace(identity: "model r1", dimension: 3) }
    static var otherSpace: EmbeddingSpace { EmbeddingSpace(identity: "another model", dimension: 2) }
    static var judge: String { "decoder 1" }

    func record(_ records: PhotoRecord..., space: EmbeddingSpace = Self.space) async throws {
        try await anyCatalogue.record(records, space: space)
    }

    func files(in folder: FilePath, space: EmbeddingSpace = Self.space, judge: String = Self.judge) async throws
        -> [FilePath: RememberedFile]
    {
        try await anyCatalogue.files(in: folder, space: space, judge: judge)
    }

    func state(of content: Int, space: EmbeddingSpace = Self.space, judge: String = Self.judge) async throws
        -> ContentState?
    {
        let digest = Self.digest(of: content)
        return try await anyCatalogue.states(of: [digest], space: space, judge: judge)[digest]
    }

    func paths(in folder: FilePath, space: EmbeddingSpace = Self.space) async throws -> [FilePath] {
        try await photos(in: folder, space: space).map(\.photo.path)
    }

    func values(in folder: FilePath, space: EmbeddingSpace = Self.space) async throws -> [[Float]] {
        try await photos(in: folder, space: space).map(\.values)
    }

    /// The photos that a search compares, in its order, with their embeddings.
    func photos(in folder: FilePath, space: EmbeddingSpace = Self.space) async throws -> [EmbeddedPhoto] {
        try await anyCatalogue.embeddings(in: folder, after: nil, limit: 1000, space: space).map {
            EmbeddedPhoto(photo: $0.photo, values: $0.embedding.values)
        }
    }

    /// What all photos hold, in the order of the catalogue's numbers.
    func contents() async throws -> [Int64] {
        Set(try await anyCatalogue.photos(in: "/", after: nil, limit: 1000).map(\.content)).sorted()
    }

    static func digest(of content: Int) -> SHA256Digest { SHA256Digest(of: Array("\(content)".utf8)) }

    static func embedding(of content: Int) -> Embedding { Embedding([Float(content), 0.1, -.pi]) }
}

struct EmbeddedPhoto: Sendable {
    let photo: Photo
    let values: [Float]
}

struct IndexState: Sendable {
    let snapshot: IndexSnapshot
    let rows: [IndexRow]

    var values: [[Float]] { rows.map(\.values) }
    var sequences: [Int64] { rows.map(\.added.sequence) }
}

struct IndexRow: Sendable, Hashable {
    let added: AddedEmbedding
    let values: [Float]

    var content: Int64 { added.content }
}

extension PhotoRecord {
    /// A photo with contents of that number, embedded.
    static func photo(_ path: FilePath, _ content: Int, stamp: FileStamp = .first) -> PhotoRecord {
        PhotoRecord(
            path: path, stamp: stamp, digest: CatalogueBench.digest(of: content),
            finding: .embedding(CatalogueBench.embedding(of: content)))
    }

    static func photo(_ path: FilePath, _ content: Int, embedded values: [Float], type: Int16? = nil) -> PhotoRecord {
        PhotoRecord(
            path: path, stamp: .first, digest: CatalogueBench.digest(of: content),
            finding: .embedding(Embedding(values)), type: type)
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
