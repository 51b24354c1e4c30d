import Catalogue
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
    let catalogue: CatalogueLocation
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

    /// Does something with what a request brings, which is in memory until it is answered: in turn, and read without long waits.
    func withBody<Result: Sendable>(
        of request: Request, _ context: ServerContext, _ work: @escaping @Sendable (SentBody) async throws -> Result
    ) async throws -> Result {
        try await clients.serve(context.channel) {
            try await bodies.admitted {
                let body = try await within(configuration.deadline) {
                    try await request.sent(upTo: configuration.uploadLimit)
                }
                return try await work(body)
            }
        }
    }

    /// A photo of the catalogue, or one that was sent lately.
    func photo(_ id: PhotoID) async throws -> ServedPhoto {
        if let bytes = await sent.bytes(of: id) { return try await photo(bytes, id) }
        guard let catalogued = try await engines.usual.photo(id) else {
            throw Problem(
                .notFound,
                "There is no photo \(id): it is not in the catalogue, or was sent too long ago. Send it again.")
        }
        return .catalogued(catalogued)
    }

    /// A photo that is at hand.
    func photo(_ bytes: [UInt8], _ id: PhotoID) async throws -> ServedPhoto {
        .sent(bytes, id, known: try await engines.usual.photo(id))
    }

    /// The folders that are searched: all, or those that are asked for, which must lie in them.
    func folders(_ paths: [FilePath], of engine: SearchEngine) async throws -> [PhotoFolder] {
        let roots = try await engine.presentRoots
        if paths.isEmpty { return roots }
        return try paths.map { path in
            guard let folder = try? PhotoFolder(path), roots.contains(where: { $0.contains(folder.path) }) else {
                throw Problem(
                    .notFound,
                    "There is no folder \(path.written.prefix(200)) in the catalogue: GET /api/roots lists those that are."
                )
            }
            return folder
        }
    }
}

/// A photo that can be asked with, and shown.
enum ServedPhoto: Sendable {
    case catalogued(CataloguedPhoto)
    /// With what the catalogue knows of it. No file is needed, which may be gone.
    case sent([UInt8], PhotoID, known: CataloguedPhoto?)

    var id: PhotoID {
        switch self {
        case .catalogued(let photo): photo.id
        case .sent(_, let id, _): id
        }
    }

    /// As the catalogue has it.
    var known: CataloguedPhoto? {
        switch self {
        case .catalogued(let photo): photo
        case .sent(_, _, let known): known
        }
    }

    var term: QueryTerm.Photo {
        switch self {
        case .catalogued(let photo): .catalogued(photo)
        case .sent(let bytes, _, _): .bytes(bytes)
        }
    }

    /// What is in its file. Throws a `SkipReason`.
    func read() async throws -> [UInt8] {
        switch self {
        case .catalogued(let photo): try await photo.read()
        case .sent(let bytes, _, _): bytes
        }
    }

    /// How long its file is, as far as anybody can tell.
    var byteCount: Int? {
        switch self {
        case .catalogued(let photo): photo.byteCount
        case .sent(let bytes, _, _): bytes.count
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
