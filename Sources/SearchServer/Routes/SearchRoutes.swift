import Hummingbird
import VisualSearch

/// Finding look-alikes.
struct SearchRoutes {
    let serving: Serving

    func add(to router: Router<ServerContext>) {
        router.post("api/search") { request, context in
            try await serving.withBody(of: request, context) { body in
                var parameters = try Parameters(query: request.uri.query ?? "")
                for field in body.fields { try parameters.add(field.value, to: field.name) }
                try parameters.check(allowing: SearchParameters.names)
                return try await answer(try query(parameters, body), parameters, context)
            }
        }
        router.get("api/photos/:id/similar") { request, context in
            let parameters = try Parameters(
                request, allowing: SearchParameters.names.subtracting(["query", "photo"]))
            let query = NamedQuery(try context.photo, region: try Self.region(parameters))
            return try await answer(query, parameters, context)
        }
        router.get("api/explain") { request, context in
            let parameters = try Parameters(request, allowing: ["left", "right", "match"])
            return try await explain(parameters, context)
        }
    }

    /// What is looked for: as the query says, or the one photo that there is.
    private func query(_ parameters: Parameters, _ body: SentBody) throws(Problem) -> NamedQuery {
        let (text, photo) = (try parameters.text("query"), try parameters.text("photo"))
        guard text == nil || photo == nil else { throw Problem(.badRequest, "Give either query or photo.") }
        let region = try Self.region(parameters)
        if let text {
            guard region == nil else {
                throw Problem(
                    .badRequest, "A query says of each photo which part counts: write @LEFT,TOP,WIDTH,HEIGHT behind it."
                )
            }
            return try NamedQuery(parsing: text, sent: body.photos)
        }
        if let photo { return try NamedQuery(naming: photo, region: region, sent: body.photos) }
        guard body.photos.count == 1, let (name, _) = body.photos.first else {
            throw Problem(
                .badRequest,
                body.photos.isEmpty
                    ? "Send a photo, or name one with photo=ID."
                    : "Several photos were sent: say with query how each counts, such as query=a + 0.5:b - c.")
        }
        return try NamedQuery(naming: name, region: region, sent: body.photos)
    }

    private static func region(_ parameters: Parameters) throws(Problem) -> PhotoRegion? {
        guard let text = try parameters.text("region") else { return nil }
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let lengths = words.compactMap { Double($0) }
        guard words.count == 4, lengths.count == 4,
            let region = PhotoRegion(left: lengths[0], top: lengths[1], width: lengths[2], height: lengths[3])
        else {
            throw Problem(
                .badRequest,
                "region=\(text.prefix(40)): give LEFT,TOP,WIDTH,HEIGHT within the photo, such as 0.2,0.1,0.5,0.4.")
        }
        return region
    }

    private func answer(
        _ query: NamedQuery, _ parameters: Parameters, _ context: ServerContext
    ) async throws -> Response {
        let (asked, clock) = (try SearchParameters(parameters), StageClock())
        return try await serving.inTurn(serving.searches, context) {
            try await StageClock.$current.withValue(clock) {
                let start = ContinuousClock.now
                let answer = try await SearchAnswering(serving: serving, asked: asked).answer(to: query)
                let found = ContinuousClock.now
                let response = try Response.json(answer(clock, start.duration(to: found)))
                clock.add(found.duration(to: .now), to: .write)
                serving.metrics.add(clock)
                return response
            }
        }
    }

    private func explain(_ parameters: Parameters, _ context: ServerContext) async throws -> Response {
        let match = try parameters.choice("match", of: Match.self) ?? .balanced
        let photos = try ["left", "right"].map { name throws(Problem) in
            guard let id = try parameters.text(name).flatMap(PhotoID.init) else {
                throw Problem(.badRequest, "Give the ID of a photo as \(name).")
            }
            return id
        }
        let (left, right) = (try await serving.photo(photos[0]), try await serving.photo(photos[1]))
        return try await serving.inTurn(serving.searches, context) {
            try Response.json(try await serving.engines.usual.explain(left.term, right.term, match: match))
        }
    }
}
