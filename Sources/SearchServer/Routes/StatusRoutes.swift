import Catalogue
import Embedders
import Hummingbird
import Imaging
import SystemPackage
import VisualSearch

/// How the server is, and what it can do.
struct StatusRoutes {
    let serving: Serving

    func add(to router: Router<ServerContext>) {
        router.get("health") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: "ok\n")))
        }
        router.get("api/status") { request, _ in
            _ = try Parameters(request)
            return try Response.json(try await status)
        }
        router.get("api/models") { request, _ in
            _ = try Parameters(request)
            return try Response.json(try await models)
        }
        router.get("metrics") { _, _ in
            let text = try await MetricsPage(serving: serving).text
            return Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        }
    }

    private var status: StatusJSON {
        get async throws {
            let (engine, configuration) = (serving.engines.usual, serving.configuration)
            return StatusJSON(
                version: configuration.version, uptime: serving.started.duration(to: .now).seconds.rounded(to: 1),
                catalogue: serving.catalogue.description,
                photos: try await serving.counts.described(by: engine, in: engine.presentRoots),
                model: engine.choice.name, canExplain: engine.choice.views != nil,
                types: engine.choice.recognition == nil ? [] : GarmentType.allCases.map(\.rawValue),
                colours: engine.choice.views == nil ? [] : StatusJSON.Colour.all,
                metrics: engine.choice.metrics, matches: engine.choice.views == nil ? [.balanced] : Match.allCases,
                refresh: await serving.refreshing.state,
                queue: StatusJSON.Queue(
                    running: await serving.searches.running, waiting: await serving.searches.waitingCount,
                    limit: configuration.waitingLimit),
                limits: StatusJSON.Limits(
                    uploadBytes: configuration.uploadLimit, megapixels: configuration.megapixelLimit,
                    results: SearchParameters.resultLimit))
        }
    }

    private var models: ModelsJSON {
        get async throws {
            let entries = ModelRegistry.models.map { ModelEntry($0, in: serving.models) }
            return ModelsJSON(
                inUse: serving.engines.usual.choice.name,
                searchable: try await serving.memory.searchable(serving.models).map(ModelsJSON.Searchable.init),
                listing: try ModelListing(entries, trained: serving.models.trainedModels))
        }
    }
}

extension StatusJSON.Colour {
    /// In alphabetical order.
    fileprivate static let all = OKLab.knownNames.map { name in
        StatusJSON.Colour(name: name, value: OKLab(named: name)?.hexadecimal ?? name)
    }
}

extension ModelChoice {
    /// Those that its embeddings, and what it tells of places, allow.
    fileprivate var metrics: [RankingMetric] {
        RankingMetric.allCases.filter { seesPlaces || ![.emd, .maxsim, .fusion].contains($0) }
    }
}
