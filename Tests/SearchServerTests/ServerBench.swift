import Catalogue
import Embedders
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import SystemPackage
import TestSupport
import VisualSearch

@testable import SearchServer

/// A server without a socket, for photos and a catalogue that only one test has.
struct ServerBench: Sendable {
    let folder: TemporaryFolder
    let server: SearchServer
    /// Where the catalogue is to be on a server.
    private let database: TestDatabase?
    private let engine: SearchEngine
    private let responder: RouterResponder<ServerContext>

    /// With the photos `shop/1.png` and so on, indexed.
    init(photos count: Int = 3, configuration: ServerConfiguration = ServerConfiguration()) async throws {
        let folder = TemporaryFolder()
        try folder.write([], to: "shop/.hidden")
        for seed in 0..<count { try folder.write(Swatch(seed + 1).png, to: "shop/\(seed + 1).png") }
        try await self.init(folder, configuration, on: TestDatabase(), files: InstalledModels.folder)
        try await refresh()
    }

    /// For the same photos and the same catalogue, with files of its own.
    func onAnotherMachine() async throws -> ServerBench {
        try await ServerBench(folder, ServerConfiguration(), on: database, files: folder.appending("machine"))
    }

    private init(
        _ folder: TemporaryFolder, _ configuration: ServerConfiguration, on database: TestDatabase?, files: FilePath
    ) async throws {
        (self.folder, self.database) = (folder, database)
        var configuration = configuration
        // Beside a thousand other tests, an answer may take long.
        configuration.deadline = .seconds(3600)
        let catalogue = try CatalogueLocation(database?.address ?? folder.appending("catalogue.sqlite").string)
        engine = try Self.engine(catalogue)
        server = try SearchServer(
            engine, catalogue: catalogue, installation: Installation(folder: files),
            configuration: configuration
        ) { _ in try Self.engine(catalogue) }
        responder = server.router.buildResponder()
    }

    /// Brings the catalogue up to date.
    func refresh(_ folder: String = "shop") async throws {
        for try await _ in engine.refresh([try PhotoFolder(path(folder))]) {}
    }

    private static func engine(_ catalogue: CatalogueLocation) throws -> SearchEngine {
        try SearchEngine(
            catalogue: catalogue, model: ModelChoice("colour-layout"),
            installation: Installation(folder: InstalledModels.folder))
    }

    func path(_ name: String) -> FilePath { folder.appending(name) }

    func id(_ seed: Int) -> String { PhotoID(ofFile: Swatch(seed).png).description }

    /// What is answered to a request; without a host, of the server's own.
    func ask(
        _ method: HTTPRequest.Method = .get, _ path: String, body: [UInt8] = [], _ fields: HTTPFields = [:],
        host: String? = "localhost"
    ) async throws -> Answer {
        let request = Request(
            head: HTTPRequest(method: method, scheme: "http", authority: host, path: path, headerFields: fields),
            body: RequestBody(buffer: ByteBuffer(bytes: body)))
        let source = ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Self.logger)
        let response = try await responder.respond(to: request, context: ServerContext(source: source))
        return try await Answer(response)
    }

    private static var logger: Logger {
        var logger = Logger(label: "test", factory: JSONLog.init)
        logger.logLevel = .critical
        logger[metadataKey: "hb.request.id"] = "1"
        return logger
    }
}

/// What a server answered.
struct Answer {
    let status: Int
    let fields: HTTPFields
    let body: [UInt8]

    init(_ response: Response) async throws {
        let writer = CollectingWriter()
        try await response.body.write(writer)
        (status, fields, body) = (response.status.code, response.headers, writer.bytes)
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// What a program reads; empty where it is no object.
    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:] }

    var results: [[String: Any]] { json["results"] as? [[String: Any]] ?? [] }

    var names: [String] { results.compactMap { $0["name"] as? String } }

    var detail: String { json["detail"] as? String ?? "" }
}

/// Keeps what is written of a body.
private final class CollectingWriter: ResponseBodyWriter {
    private(set) var bytes: [UInt8] = []

    func write(_ buffer: ByteBuffer) async throws { bytes += Array(buffer: buffer) }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
