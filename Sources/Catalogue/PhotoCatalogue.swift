public import Foundation
public import Hashing
public import SystemPackage
public import Vectors

/// Which photos there are in the folders that were named, and their embeddings.
///
/// A catalogue is the truth: whatever is searched is derived from it, and can always be made anew. Any number of processes may
/// use it at once. What fails throws a `CatalogueError`; in a cancelled task, some throw a `CancellationError` instead.
public protocol PhotoCatalogue: Sendable {
    /// Where it lies.
    var location: CatalogueLocation { get }

    /// What finds the nearest of a space's embeddings, which most searches will compare by a metric. It has a state of its own,
    /// and is worth keeping.
    func index(of space: EmbeddingSpace, for metric: Metric) -> any EmbeddingIndex

    /// A random number that tells this catalogue from all others; only a copy of it has the same.
    func identifier() async throws -> UUID

    // MARK: Folders

    /// The folders that were named to the catalogue, in the order of their paths.
    func roots() async throws -> [FilePath]

    /// Remembers a folder, so that a search that names none looks there too.
    func add(root: FilePath) async throws

    /// Forgets a folder that was named to the catalogue, those in it, and their photos; returns how many there were.
    /// Nothing is kept of contents that no other folder holds.
    func forget(root: FilePath) async throws -> Int

    // MARK: Photos

    /// How many photos there are, whether or not they are embedded in any space.
    func photoCount() async throws -> Int

    /// How many photos there are inside a folder, faulty files not counted.
    func photoCount(in folder: FilePath) async throws -> Int

    /// The photos that have some contents, in the order of their paths' bytes.
    ///
    /// Contents that no photo has are left out, and so are those that the catalogue forgot: it gives a number only once.
    func photos(ofContents contents: [Int64]) async throws -> [Int64: [Photo]]

    /// The photos whose contents' digest begins so, in the order of digests and paths.
    func photos(ofContentsBeginning prefix: [UInt8]) async throws -> [Photo]

    /// The photos that lie at some paths, in their order; `nil` for each that the catalogue does not know.
    func photos(at paths: [FilePath]) async throws -> [Photo?]

    /// The photos inside a folder that are no faulty files and come after a path, in the order of their paths' bytes: as many as
    /// `limit` at most.
    func photos(in folder: FilePath, after path: FilePath?, limit: Int) async throws -> [Photo]

    /// The files that hold no photo although their names say so, and why, in the order of their paths.
    func faults(in folder: FilePath) async throws -> [(path: FilePath, reason: String)]

    /// All files, faulty ones too, that come after a path in the order of their bytes: as many as `limit` at most.
    func files(after path: FilePath?, limit: Int) async throws -> [StoredFile]

    /// The files at some paths, of those that the catalogue knows.
    func files(at paths: [FilePath]) async throws -> [FilePath: StoredFile]

    /// Throws where a server that holds a part of it does not answer as soon as a search would want.
    func checkPresence() async throws

    // MARK: Bringing up to date

    /// How long a path it can have, in bytes; `nil` for any.
    var longestPath: Int? { get }

    /// What lets one process at a time bring the catalogue up to date; `nil` where another process has it.
    func attemptLock() async throws -> CatalogueLock?

    /// What several machines take the photos from that are to be examined; `nil` where one alone brings the catalogue up to date.
    func workList(of space: EmbeddingSpace) -> WorkList?

    /// What is left on all such lists; `nil` where there are none.
    func sharedWork() async throws -> SharedWork?

    /// The files that the catalogue remembers inside a folder, and whether they are embedded in `space`.
    ///
    /// A fault that another judge than `judge` found is forgotten.
    func files(in folder: FilePath, space: EmbeddingSpace, judge: String) async throws
        -> [FilePath: RememberedFile]

    /// What is known of contents by their digests, whichever files they lay in.
    func states(of digests: [SHA256Digest], space: EmbeddingSpace, judge: String) async throws
        -> [SHA256Digest: ContentState]

    /// Remembers a batch of files in one transaction: all of it, or none.
    func record(_ batch: [PhotoRecord], space: EmbeddingSpace) async throws

    /// Forgets files that are gone. What was in them is kept for a while, in case they turn up elsewhere.
    func forget(_ paths: [FilePath]) async throws

    /// Forgets photos, and keeps nothing of contents that no other photo has; returns how many photos were known.
    ///
    /// Their bytes stay where they were stored until others are written over them, or `erase()` is called.
    func forget(photos paths: [FilePath]) async throws -> Int

    // MARK: Types

    /// Of how much that is embedded in a space the catalogue keeps the type.
    func typeCoverage(of space: EmbeddingSpace) async throws -> TypeCoverage

    /// Of which types contents are, of those that it keeps the type of.
    func types(ofContents contents: [Int64], space: EmbeddingSpace) async throws -> [Int64: Int16]

    /// Keeps the types of those embeddings of a space that came without. For whoever has the lock.
    func keepTypes(of space: EmbeddingSpace, by type: @Sendable (Embedding) -> Int16) async throws

    // MARK: Embeddings

    /// All spaces that anything was ever embedded in, in the order of their identities.
    func spaces() async throws -> [StoredSpace]

    /// Drops all embeddings of some spaces, and gives the room that they took back to the system.
    func forget(_ spaces: [EmbeddingSpace]) async throws

    /// How many photos inside a folder are embedded in `space`.
    func embeddingCount(in folder: FilePath, space: EmbeddingSpace) async throws -> Int

    /// The embedding of contents that the catalogue knows, and their number there.
    func embedding(of digest: SHA256Digest, space: EmbeddingSpace) async throws
        -> (content: Int64, embedding: Embedding?)?

    /// The embeddings of contents by their numbers, of those that have one.
    func embeddings(ofContents contents: [Int64], space: EmbeddingSpace) async throws
        -> [Int64: Embedding]

    /// The photos inside a folder that are embedded in `space` and come after a path, in the order of their paths' bytes: as
    /// many as `limit` at most, and none where there are no more.
    func embeddings(in folder: FilePath, after path: FilePath?, limit: Int, space: EmbeddingSpace)
        async throws -> [(photo: Photo, embedding: Embedding)]

    /// The embeddings of a space whose contents have a higher number than `content`, in the order of those numbers: as many
    /// as `limit` at most. Those of photos that are gone and may come back are among them.
    func embeddings(of space: EmbeddingSpace, after content: Int64, limit: Int) async throws
        -> [(content: Int64, embedding: Embedding)]

    /// Embeddings of one space whose contents have none in another yet and a higher number than `content`, in the order of those
    /// numbers: as many as `limit` at most.
    func embeddings(of space: EmbeddingSpace, missingIn other: EmbeddingSpace, after content: Int64, limit: Int)
        async throws -> [(content: Int64, embedding: Embedding)]

    /// So many embeddings of a space at most, from everywhere in it; the same as long as nothing is added.
    func sample(_ limit: Int, of space: EmbeddingSpace) async throws -> [(content: Int64, embedding: Embedding)]

    /// Keeps embeddings of contents that there are, in one transaction.
    func keep(_ embeddings: [(content: Int64, embedding: Embedding)], in space: EmbeddingSpace)
        async throws

    // MARK: Local features

    /// All kinds that anything was ever kept of, in the order of their identities.
    func localKinds() async throws -> [LocalFeatureKind]

    /// What is kept of contents by their numbers, of those of which there is something.
    func localFeatures(_ kind: LocalFeatureKind, ofContents contents: [Int64]) async throws
        -> [Int64: [UInt8]]

    /// Keeps what was found out of contents, in one transaction; of contents that are forgotten, nothing.
    func keep(_ features: [Int64: [UInt8]], as kind: LocalFeatureKind) async throws

    // MARK: Upkeep

    /// Leaves no byte of what was deleted where the catalogue is stored, nor in any index; all that is written anew for it. On a
    /// server, when its bytes are written over is the server's business.
    ///
    /// For whoever has the lock. Waits for those who are reading; throws `inUse` where one of them takes longer than a minute,
    /// and then has to be called again.
    func erase() async throws

    /// Erases, and makes all that is left as small as can be; a server makes room for what comes. For whoever has the lock.
    func compact() async throws

    /// Deletes files of indexes that no space uses any more.
    func removeUnusedFiles() async throws

    /// Checks every byte that the catalogue can check, and what was made from it. For whoever has the lock; what can be made
    /// anew and is not as it was written is dropped.
    func verify() async throws -> CatalogueVerification
}
