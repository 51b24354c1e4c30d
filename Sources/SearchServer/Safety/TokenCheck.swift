import HTTPTypes
import Hummingbird

/// Answers those who know the token, or have a cookie for it, and shows others the page alone.
struct TokenCheck: RouterMiddleware {
    let token: AccessToken
    let sessions: Sessions
    /// What holds no secret, and is needed to give the token.
    let open: Set<String>

    func handle(_ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response)
        async throws -> Response
    {
        guard open.contains(request.uri.path) || isKnown(request) else {
            throw Problem(
                .tokenNeeded, "Send the token that this server was started with, as “Authorization: Bearer …”.")
        }
        return try await next(request, context)
    }

    private func isKnown(_ request: Request) -> Bool {
        if let given = request.bearer { return token.isSame(as: given) }
        return request.cookies[Sessions.cookie].map { sessions.isOpen($0.value) } ?? false
    }
}

extension Request {
    /// The token that it sends.
    var bearer: Substring? {
        guard let field = headers[.authorization], field.lowercased().hasPrefix("bearer ") else { return nil }
        return field.dropFirst("bearer ".count)
    }
}
