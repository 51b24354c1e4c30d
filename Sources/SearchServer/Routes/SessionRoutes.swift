import Hummingbird

/// Cookies for those who know the token.
struct SessionRoutes {
    let serving: Serving

    func add(to router: Router<ServerContext>) {
        router.post("api/session") { request, _ in
            guard let token = serving.configuration.token else { return Response.done }
            guard let given = request.bearer, token.isSame(as: given) else {
                throw Problem(.tokenNeeded, "The token is not the one that this server was started with.")
            }
            return Self.response(setting: serving.sessions.open(), for: 30 * 24 * 3600)
        }
        router.delete("api/session") { request, _ in
            if let cookie = request.cookies[Sessions.cookie] { serving.sessions.close(cookie.value) }
            return Self.response(setting: "", for: 0)
        }
    }

    private static func response(setting value: String, for seconds: Int) -> Response {
        var response = Response.done
        response.headers[.setCookie] =
            "\(Sessions.cookie)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
        return response
    }
}
