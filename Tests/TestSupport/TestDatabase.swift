import Dispatch
import Foundation

/// An empty database of a server that is there for tests (`Scripts/test-postgres-server`), dropped after this value is gone.
public final class TestDatabase: Sendable {
    /// As `--catalogue` takes it.
    public let address: String
    /// Of the database.
    public let name: String

    /// Whether tests are to keep their catalogues on a server, and not in files.
    public static var isAskedFor: Bool { server != nil }

    /// Over how many shards catalogues are to be spread; 0 for none.
    public static var shardCount: Int {
        server == nil ? 0 : ProcessInfo.processInfo.environment["LOOKALIKE_TEST_SHARDS"].flatMap(Int.init) ?? 0
    }

    private static var server: String? { ProcessInfo.processInfo.environment["LOOKALIKE_TEST_POSTGRES"] }

    /// `nil` where no server is there.
    public init?() {
        guard let server = Self.server, let slash = server.lastIndex(of: "/") else { return nil }
        name = "test_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
        address = server[...slash] + name
        Administrator(address: server).execute("CREATE DATABASE \(name) STRATEGY file_copy")
    }

    /// Whoever uses it still is thrown out. Nobody waits for that, since the server may have to wait for a session of another test,
    /// which would have to wait for the thread that waits here.
    deinit {
        guard let server = Self.server else { return }
        Self.dropping.async { [name] in
            Administrator(address: server).run("dropdb", "--maintenance-db", server, "--force", "--if-exists", name)
        }
    }

    private static let dropping = DispatchQueue(label: "dropping of databases")

    /// As the server's administrator, in this database; what is said is nothing that a test wants to know.
    public func execute(_ statements: String) { Administrator(address: address).execute(statements) }

    /// As the server's administrator, the number that a query gives; 0 where it fails, as one about tables that nobody has made.
    public func count(_ query: String) -> Int { Administrator(address: address).count(query) }
}
