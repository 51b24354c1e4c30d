import Foundation
public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A server that only one test has, and may do harm to; it ends with this value.
public final class TestServer {
    /// Of a database that is there; it stays the same when the server is started again.
    public let address: String
    private let folder: FilePath
    private let port: String

    /// Its data lie in a folder of its own, which is made.
    public init(in folder: FilePath) throws {
        self.folder = folder
        address = try Script.run("test-postgres-server", "start", .path(folder)).trimmingCharacters(
            in: .whitespacesAndNewlines)
        port = String(address.split(separator: ":").last?.prefix { $0.isNumber } ?? "")
    }

    deinit { _ = try? Script.run("test-postgres-server", "stop", .path(folder)) }

    /// Ends it as in a power cut: nobody is asked, and nothing is tidied up.
    public func kill() {
        guard let pid = processNumber else { return }
        #if canImport(Glibc)
            Glibc.kill(pid, SIGQUIT)
        #else
            Darwin.kill(pid, SIGQUIT)
        #endif
        while processNumber != nil { usleep(10_000) }
    }

    /// Starts it again where it was.
    public func start() throws { _ = try Script.run("test-postgres-server", "start", .path(folder), Argument(port)) }

    /// As its administrator.
    public func execute(_ statements: String) { Administrator(address: address).execute(statements) }

    /// As its administrator, the number that a query to one of its databases gives; 0 where it fails.
    public func count(_ query: String, in database: String? = nil) -> Int {
        Administrator(address: database ?? address).count(query)
    }

    /// Another of its databases.
    public func address(of database: String) -> String {
        "\(address.prefix(upTo: address.lastIndex(of: "/") ?? address.endIndex))/\(database)"
    }

    /// Gives it a folder, in which it is to keep something.
    public func hand(over path: FilePath) throws {
        let data = try FileManager.default.attributesOfItem(atPath: folder.appending("data").string)
        let owner = data.filter { [.ownerAccountID, .groupOwnerAccountID].contains($0.key) }
        try FileManager.default.setAttributes(owner, ofItemAtPath: path.string)
    }

    /// Written by the server as long as it runs.
    private var processNumber: pid_t? {
        let text = try? String(contentsOfFile: folder.pushing("data/postmaster.pid").string, encoding: .utf8)
        return text.flatMap { pid_t($0.prefix { !$0.isNewline }) }
    }
}
