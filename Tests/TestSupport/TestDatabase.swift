import Foundation

/// An empty database of a server that is there for tests (`Scripts/test-postgres-server`), dropped when this value is.
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
        guard Self.run("createdb", name, at: server) else { fatalError("no database can be made at \(server)") }
    }

    /// Whoever uses it still is thrown out.
    deinit { _ = Self.server.map { Self.run("dropdb", "--force", "--if-exists", name, at: $0) } }

    /// As the server's administrator, in this database; what is said is nothing that a test wants to know.
    public func execute(_ statements: String) {
        guard Self.run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-c", statements, at: address) else {
            fatalError("\(address) does not do: \(statements)")
        }
    }

    private static func run(_ program: String, _ arguments: String..., at address: String) -> Bool {
        let folder = ProcessInfo.processInfo.environment["LOOKALIKE_TEST_POSTGRES_BIN"] ?? "/usr/bin"
        let process = Process()
        process.executableURL = URL(filePath: "\(folder)/\(program)")
        process.arguments = (program == "psql" ? ["-d", address] : ["--maintenance-db", address]) + arguments
        process.standardOutput = FileHandle.nullDevice
        do { try process.run() } catch { fatalError("\(program) cannot be run: \(error)") }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
