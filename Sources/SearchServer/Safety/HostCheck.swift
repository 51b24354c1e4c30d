import HTTPTypes
import Hummingbird
import NIOCore

/// Answers nobody who thinks that this is another server: a page of a stranger may have its own name point here (DNS rebinding).
struct HostCheck: RouterMiddleware {
    /// Without ports, in lower case.
    let names: Set<String>

    func handle(_ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response)
        async throws -> Response
    {
        // Who is meant must be said once: others on the way may have read the other name.
        guard request.headers[Self.host] == nil else { throw Problem(.badRequest, "The request names two hosts.") }
        guard let host = request.head.authority.flatMap(Self.name),
            names.contains(host) || host == Self.address(of: context)
        else {
            let host = request.head.authority ?? ""
            throw Problem(
                .forbidden,
                "This server is not called “\(host.prefix(80))”: ask by one of its names, or start it with --host-name."
            )
        }
        return try await next(request, context)
    }

    private static let host = HTTPField.Name("Host")!

    /// The address that was connected to, which no name of a stranger's can be.
    private static func address(of context: ServerContext) -> String? {
        context.channel.localAddress?.ipAddress.map { $0.contains(":") ? "[\($0)]" : $0 }
    }

    /// Of what a request calls the server; `nil` for what is no name.
    static func name(ofAuthority authority: String) -> String? {
        let end =
            authority.hasPrefix("[")
            ? authority.firstIndex(of: "]").map(authority.index(after:)) ?? authority.endIndex
            : authority.firstIndex(of: ":") ?? authority.endIndex
        let port = authority[end...]
        guard port.isEmpty || port.first == ":" && port.dropFirst().allSatisfy({ ("0"..."9").contains($0) }) else {
            return nil
        }
        return authority[..<end].lowercased()
    }
}
