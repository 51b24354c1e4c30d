public import Catalogue
import Embedders
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle
import SystemPackage
public import VisualSearch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Serves the search page and the interface for programs, as `Sources/CPage/Files/openapi.json` describes it.
public struct SearchServer: Sendable {
    private let serving: Serving
    private let services: [any Service]
    private let logger: Logger
    /// What the names of the catalogue's files on this machine begin with.
    private let companion: FilePath

    /// Why nothing is served at an address.
    public struct Unserved: Error, CustomStringConvertible {
        let address: String
        let port: Int
        let isTaken: Bool

        /// In a sentence without a full stop.
        public var description: String {
            isTaken
                ? "--port \(port): something listens there already. --port 0 takes one that is free"
                : "--address \(address) --port \(port) cannot be listened on here"
        }
    }

    /// Serves what an engine finds; `open` makes one for another model of the same catalogue, when somebody asks for it.
    ///
    /// What the server keeps running beside itself, such as what decodes photos for the engine, are `services`.
    public init(
        _ engine: SearchEngine, catalogue: CatalogueLocation, installation: Installation = .standard,
        configuration: ServerConfiguration = ServerConfiguration(), logger: Logger = Logger(label: "lookalike"),
        services: [any Service] = [], open: @escaping @Sendable (String) throws -> SearchEngine
    ) throws {
        let (memory, models) = (try ModelMemory(catalogue: catalogue), installation.models)
        let engines = Engines(
            usual: engine, names: { try await memory.searchable(models).map(\.model) }, open: open)
        let places = configuration.searchesAtOnce ?? SearchEngine.processorCount
        serving = Serving(
            configuration: configuration, engines: engines,
            memory: memory, models: models, catalogue: catalogue,
            sent: SentPhotos(limit: configuration.sentLimit), refreshing: Refreshing(engine, logger: logger),
            thumbnails: ThumbnailFolder(
                beside: installation.companion(of: catalogue), byteLimit: configuration.thumbnailLimit),
            searches: Admission(places: places, waitingLimit: configuration.waitingLimit),
            pictures: Admission(places: places, waitingLimit: 2 * configuration.waitingLimit))
        companion = installation.companion(of: catalogue)
        (self.services, self.logger) = (services, logger)
    }

    /// Answers until the process is told to end; requests that are under way are answered then. `whenReady` is told the port.
    public func run(whenReady: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
        let (configuration, companion) = (serving.configuration, companion)
        let cookie = serving.sessions.own
        let ticket = { @Sendable [identity] port in
            ServerTicket(address: configuration.address(port), cookie: cookie, identity: identity)
        }
        var application = Application(
            router: router, server: connections,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.address, port: configuration.port), serverName: "lookalike",
                availableConnectionsDelegate: MaximumAvailableConnections(Self.connectionLimit)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? configuration.port
                ticket(port).write(beside: companion)
                whenReady(port)
            }, logger: logger)
        application.services = services + ownServices
        application.beforeServerStarts { [engine = serving.engines.usual] in try await engine.warmUp() }
        defer { ticket(0).remove(beside: companion) }
        do { try await application.runService() } catch let error as IOError {
            throw Unserved(
                address: configuration.address, port: configuration.port, isTaken: error.errnoCode == EADDRINUSE)
        }
    }

    /// A half of the files that may be open at once, so that some are left for photos and the catalogue.
    private static var connectionLimit: Int {
        var limit = rlimit()
        return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
            ? max(10, Int(clamping: limit.rlim_cur) / 2) : 500
    }

    private var identity: String { serving.engines.usual.choice.identity }

    private var connections: HTTPServerBuilder {
        let (clients, limit) = (serving.clients, serving.configuration.idleLimit)
        let timeout = TimeAmount.nanoseconds(Int64(limit.seconds * 1e9))
        return .http1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionManners(clients, idleLimit: timeout)], idleTimeout: timeout))
    }

    private var ownServices: [any Service] {
        let (refreshing, configuration) = (serving.refreshing, serving.configuration)
        let refresh = RefreshService(refreshing: refreshing, beginsAtOnce: configuration.refreshesAtStart)
        return configuration.watches
            ? [refresh, WatchService(engine: serving.engines.usual, refreshing: refreshing)] : [refresh]
    }

    /// What answers, and says of the rest what would be right.
    var router: Router<ServerContext> {
        let router = answering
        refuseOtherMethods(in: router)
        return router
    }

    /// What can be done with which paths.
    var routes: [(method: HTTPRequest.Method, path: String)] {
        answering.routes.map { ($0.method, $0.path.description) }
    }

    private var answering: Router<ServerContext> {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        addChecks(to: router)
        SearchRoutes(serving: serving).add(to: router)
        PhotoRoutes(serving: serving).add(to: router)
        FolderRoutes(serving: serving).add(to: router)
        DuplicateRoutes(serving: serving).add(to: router)
        StatusRoutes(serving: serving).add(to: router)
        SessionRoutes(serving: serving).add(to: router)
        PageRoutes().add(to: router)
        return router
    }

    private func addChecks(to router: Router<ServerContext>) {
        let configuration = serving.configuration
        let names = configuration.names
        router.add(middleware: SafeHeaders(allowedOrigins: Set(configuration.allowedOrigins)))
        router.add(middleware: RequestLog(metrics: serving.metrics))
        router.add(middleware: HostCheck(names: names))
        router.add(middleware: OriginCheck(names: names, allowed: Set(configuration.allowedOrigins)))
        if let token = configuration.token {
            router.add(middleware: TokenCheck(token: token, sessions: serving.sessions, open: PageRoutes.open))
        }
    }

    /// Says what can be done with a path, where something else is tried.
    private func refuseOtherMethods(in router: Router<ServerContext>) {
        let methods = Dictionary(grouping: router.routes, by: \.path.description).mapValues { Set($0.map(\.method)) }
        for (path, known) in methods {
            let allowed = (known.map(\.rawValue) + (known.contains(.get) ? ["HEAD"] : [])).sorted().joined(
                separator: ", ")
            for method in [HTTPRequest.Method.get, .post, .put, .delete, .patch, .options] where !known.contains(method)
            {
                router.on(RouterPath(path), method: method) { _, context in
                    var response = try Problem(
                        .wrongMethod, "\(method.rawValue) cannot be done with \(path): \(allowed) can."
                    )
                    .response(to: context.id)
                    response.headers[.allow] = allowed
                    return response
                }
            }
        }
    }
}

extension ServerConfiguration {
    /// What a request may call the server.
    var names: Set<String> {
        let own: Set = ["localhost", "127.0.0.1", "[::1]", address.contains(":") ? "[\(address)]" : address]
        return own.union(hostNames.map { $0.lowercased() })
    }
}
