import HTTPTypes
import Hummingbird

/// Answers no page of strangers, which a browser would let ask in its user's name (cross-site request forgery), but for the origins
/// that are named.
struct OriginCheck: RouterMiddleware {
    /// The server's own names: see `HostCheck`.
    let names: Set<String>
    /// Whole origins, such as `https://shop.example`.
    let allowed: Set<String>

    func handle(_ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response)
        async throws -> Response
    {
        guard let origin = request.headers[.origin] else {
            guard Self.mayBeOwn(request) else { throw Self.foreign("another site") }
            return try await next(request, context)
        }
        if isOwn(origin, of: request) { return try await next(request, context) }
        guard allowed.contains(origin) else { throw Self.foreign("“\(origin.prefix(80))”") }
        return request.method == .options ? Self.preflight : try await next(request, context)
    }

    /// The page that this server served itself, at the address that it is asked at now.
    private func isOwn(_ origin: String, of request: Request) -> Bool {
        guard let authority = request.head.authority, let scheme = origin.firstRange(of: "://") else { return false }
        return ["http", "https"].contains(origin[..<scheme.lowerBound])
            && origin[scheme.upperBound...].lowercased() == authority.lowercased()
    }

    /// Browsers say so of requests without an origin; a link may lead here from anywhere, but shows a page and no more.
    private static func mayBeOwn(_ request: Request) -> Bool {
        guard let site = request.headers[.secFetchSite] else { return true }
        return ["same-origin", "none"].contains(site)
            || request.method == .get && request.headers[.secFetchMode] == "navigate"
                && !request.uri.path.hasPrefix("/api/")
    }

    private static func foreign(_ whose: String) -> Problem {
        Problem(
            .forbidden, "A page of \(whose) asks, and only this server’s own may: --allow-origin names others that may."
        )
    }

    private static let preflight = Response(
        status: .noContent,
        headers: [
            .accessControlAllowMethods: "GET, POST, DELETE",
            .accessControlAllowHeaders: "Authorization, Content-Type, If-None-Match", .accessControlMaxAge: "600",
        ])
}

extension HTTPField.Name {
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
    static let secFetchMode = HTTPField.Name("Sec-Fetch-Mode")!
}
