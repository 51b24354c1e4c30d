import HTTPTypes
import Hummingbird

/// Answers nobody who thinks that this is another server: a page of a stranger may have its own name point here (DNS rebinding).
struct HostCheck: RouterMiddleware {
    /// Without ports, in lower case.
    let names: Set<String>

    func handle(_ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response)
        async throws -> Response
    {
        guard let host = request.head.authority.flatMap(Self.name), names.contains(host) else {
            let host = request.head.authority ?? ""
            throw Problem(
                .forbidden,
                "This server is not called “\(host.prefix(80))”: ask by one of its names, or start it with --host-name."
            )
        }
        return try await next(request, context)
    }

    /// Of what a request calls the server; `nil` for what is no name.
    static func name(ofAuthority authority: String) -> String? {
        let end =
            authority.hasPrefix("[")
            ? authority.firstIndex(of: "]").map(authority.index(after:)) ?? authority.endIndex
            : authority.firstIndex(of: ":") ?? authority.endIndex
        let port = authority[end...]
        guard port.isEmpty || port.first == ":" && port.dropFirst().allSatisfy(\.isNumber) else { return nil }
        return authority[..<end].lowercased()
    }
}
