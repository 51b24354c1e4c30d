import Embedders
import Hummingbird
import Imaging
import NIOCore
import SystemPackage
import VisualSearch

/// What all routes answer from.
struct Serving: Sendable {
    let configuration: ServerConfiguration
    let engines: Engines
    let memory: ModelMemory
    let models: ModelStore
    let catalogue: FilePath
    let sent: SentPhotos
    let refreshing: Refreshing
    let thumbnails: ThumbnailFolder
    let searches: Admission
    /// Pictures are made beside searches, and do not keep them waiting.
    let pictures: Admission
    let counts = PhotoCounts()
    /// Bodies are read beside both.
    let bodies = Admission(places: 32, waitingLimit: 512)
    let clients = Clients()
    let sessions = Sessions()
    let metrics = ServerMetrics()
    let started = ContinuousClock.now

    /// Does what takes a processor for whoever asks: in turn, as long as they are there, and not for too long.
    func inTurn<Result: Sendable>(
        _ admission: Admission, _ context: ServerContext, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await clients.serve(context.channel) {
            try await within(configuration.deadline) { try await admission.admitted(work) }
        }
    }

    /// What a request brings, read in turn, since it is in memory until it is answered, and not for too long.
    func sent(with request: Request, _ context: ServerContext) async throws -> SentBody {
        try await clients.serve(context.channel) {
            try await within(configuration.deadline) {
                try await bodies.admitted { try await request.sent(upTo: configuration.uploadLimit) }
            }
        }
    }

    /// A photo of the catalogue, or one that was sent lately.
    func photo(_ id: PhotoID) async throws -> ServedPhoto {
        let (catalogued, bytes) = (try await engines.usual.photo(id), await sent.bytes(of: id))
        guard catalogued != nil || bytes != nil else {
            throw Problem(
                .notFound,
                "There is no photo \(id): it is not in the catalogue, or was sent too long ago. Send it again.")
        }
        return ServedPhoto(id: id, catalogued: catalogued, sent: bytes)
    }

    /// The folders that are searched: all, or those that are asked for, which must lie in them.
    func folders(_ paths: [FilePath], of engine: SearchEngine) async throws -> [PhotoFolder] {
        let roots = try await engine.presentRoots
        if paths.isEmpty { return roots }
        return try paths.map { path in
            guard let folder = try? PhotoFolder(path), roots.contains(where: { $0.contains(folder.path) }) else {
                throw Problem(
                    .notFound,
                    "There is no folder \(path.string.prefix(200)) in the catalogue: GET /api/roots lists those that are."
                )
            }
            return folder
        }
    }
}

/// A photo that can be asked with, and shown: one of the catalogue, or one that was sent, or both.
struct ServedPhoto: Sendable {
    let id: PhotoID
    let catalogued: CataloguedPhoto?
    private let sent: [UInt8]?

    /// At least one of both must be there.
    fileprivate init(id: PhotoID, catalogued: CataloguedPhoto?, sent: [UInt8]?) {
        (self.id, self.catalogued, self.sent) = (id, catalogued, sent)
    }

    var isKnown: Bool { catalogued != nil }

    /// What was sent needs no file that may be gone.
    var term: QueryTerm.Photo {
        if let sent { return .bytes(sent) }
        return catalogued.map { .catalogued($0) } ?? .bytes([])
    }

    /// What is in its file.
    var bytes: [UInt8] {
        get throws(SkipReason) {
            if let sent { return sent }
            return try catalogued?.bytes ?? []
        }
    }
}

extension Parameters {
    /// Of a request's address; throws for names that are not allowed here.
    init(_ request: Request, allowing names: Set<String> = []) throws(Problem) {
        try self.init(query: request.uri.query ?? "")
        try check(allowing: names)
    }
}

extension ServerContext {
    /// The photo that the address names.
    var photo: PhotoID {
        get throws {
            let text = try parameters.require("id")
            guard let id = PhotoID(text) else {
                throw Problem(
                    .notFound, "“\(text.prefix(40))” is no photo's ID: these are 32 digits from 0 to 9 and a to f.")
            }
            return id
        }
    }
}
