import Foundation
import Hummingbird
import ServiceLifecycle
import SystemPackage
import VisualSearch

/// The folders that are searched, and bringing the catalogue up to date with them.
struct FolderRoutes {
    let serving: Serving

    func add(to router: Router<ServerContext>) {
        router.get("api/roots") { request, _ in
            _ = try Parameters(request)
            return try Response.json(try await roots)
        }
        router.post("api/roots") { request, context in
            _ = try Parameters(request)
            return try await addRoot(request, context)
        }
        router.get("api/refresh") { request, _ in
            _ = try Parameters(request)
            return await watch()
        }
        router.post("api/refresh") { request, context in
            let waits = try Parameters(request, allowing: ["wait"]).flag("wait") ?? false
            return try await refresh(waiting: waits, context)
        }
        router.delete("api/refresh") { request, _ in
            _ = try Parameters(request)
            await serving.refreshing.cancel()
            return Response.done
        }
        router.get("api/skipped") { request, _ in
            try Response.json(
                try await skipped(Parameters(request, allowing: ["limit"]).integer("limit", in: 1...10_000) ?? 1000))
        }
    }

    private func refresh(waiting: Bool, _ context: ServerContext) async throws -> Response {
        guard waiting else {
            await serving.refreshing.begin()
            return try Response.json(await serving.refreshing.state, status: .accepted)
        }
        // One that is under way may have looked into a folder before something was put there.
        await serving.refreshing.beginAgain()
        return try await serving.clients.serve(context.channel) {
            for await event in await serving.refreshing.events().cancelOnGracefulShutdown() {
                if case .done(let state) = event { return try Response.json(state) }
            }
            throw CancellationError()
        }
    }

    private var roots: RootsJSON {
        get async throws {
            let engine = serving.engines.usual
            var roots: [RootsJSON.Root] = []
            for path in try await engine.roots {
                let isThere = (try? PhotoFolder(path)) != nil
                roots.append(
                    RootsJSON.Root(path: path.written, photos: try await engine.photoCount(in: path), isThere: isThere))
            }
            return RootsJSON(roots: roots, canAdd: serving.configuration.canAddRoots)
        }
    }

    private struct NewRoot: Decodable { let path: String }

    private func addRoot(_ request: Request, _ context: ServerContext) async throws -> Response {
        guard serving.configuration.canAddRoots else {
            throw Problem(
                .forbidden,
                "This server adds no folders for whoever asks: start it with --manage, or index them on its machine.")
        }
        guard request.isJSON else {
            throw Problem(.wrongKind, "Send {\"path\": …} as application/json.")
        }
        let body = try await within(serving.configuration.deadline) { try await request.body.collect(upTo: 65_536) }
        guard let new = try? JSONDecoder().decode(NewRoot.self, from: Data(body.readableBytesView)),
            new.path.hasPrefix("/"), !new.path.utf8.contains(0)
        else {
            throw Problem(.badRequest, "Send {\"path\": …} with the absolute path of a folder of photos.")
        }
        let folder = try PhotoFolder(FilePath(new.path))
        try await serving.engines.usual.add(root: folder)
        await serving.refreshing.beginAgain()
        return try Response.json(await serving.refreshing.state, status: .accepted)
    }

    private func skipped(_ limit: Int) async throws -> SkippedJSON {
        let engine = serving.engines.usual
        var files = Set(await serving.refreshing.skipped)
        for root in try await engine.roots {
            files.formUnion(
                try await engine.faults(in: root).map { SkippedFile(path: $0.path.written, reason: $0.reason) })
        }
        let named = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }.values.sorted { $0.path < $1.path }
        return SkippedJSON(skipped: Array(named.prefix(limit)), total: named.count)
    }

    private func watch() async -> Response {
        let events = await serving.refreshing.events()
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                for await event in events.cancelOnGracefulShutdown() {
                    try await writer.write(try ServerSentEvent(event).bytes)
                }
                try await writer.finish(nil)
            })
    }
}

extension Request {
    /// Whether its body says that it is JSON, which no form of a stranger's page can.
    fileprivate var isJSON: Bool {
        let type = headers[.contentType]?.split(separator: ";").first?.lowercased() ?? ""
        return type.filter { !$0.isWhitespace } == "application/json"
    }
}
