import HTTPTypes
import Hummingbird

/// Tells browsers to let nobody else into what is served, and nothing of it out.
struct SafeHeaders: RouterMiddleware {
    /// What the page may load: its own, and nothing else.
    static let pagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    /// A picture may hold what a browser would run if it were looked at alone.
    private static let usualPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox"

    private static let headers: [(HTTPField.Name, String)] = [
        (.xContentTypeOptions, "nosniff"), (HTTPField.Name("Referrer-Policy")!, "no-referrer"),
        (HTTPField.Name("X-Frame-Options")!, "DENY"), (HTTPField.Name("Cross-Origin-Opener-Policy")!, "same-origin"),
        (HTTPField.Name("Permissions-Policy")!, "geolocation=(), microphone=()"),
    ]

    /// The origins of other pages that may read what is served to them.
    let allowedOrigins: Set<String>

    func handle(_ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response)
        async throws -> Response
    {
        var response = try await next(request, context)
        for (name, value) in Self.headers { response.headers[name] = value }
        response.headers[HTTPField.Name("Cross-Origin-Resource-Policy")!] =
            allowedOrigins.isEmpty ? "same-origin" : "cross-origin"
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = Self.usualPolicy
        }
        if let origin = request.headers[.origin], allowedOrigins.contains(origin) {
            response.headers[.accessControlAllowOrigin] = origin
            response.headers[.accessControlExposeHeaders] = "ETag, Retry-After, X-Request-ID"
        }
        if !allowedOrigins.isEmpty { response.headers[.vary] = "Origin" }
        return response
    }
}
