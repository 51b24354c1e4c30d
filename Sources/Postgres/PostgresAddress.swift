import CPostgres
import Foundation

/// Where a database is, and who asks: what libpq calls a connection URI, `postgres://user@host:port/database?option=value`.
///
/// What it does not say comes from where libpq looks for it: `PGHOST` and its like, a service file, and for passwords
/// `PGPASSFILE` or `~/.pgpass`.
public struct PostgresAddress: Sendable, Hashable {
    let text: String

    /// Throws `PostgresError.invalidAddress` for what libpq cannot read, and for one with a password in it: whoever lists the
    /// programs that run would read it.
    public init(_ text: String) throws(PostgresError) {
        let options = try ConnectionOption.all(in: text)
        guard options.keys.allSatisfy({ !Self.secrets.contains($0) }) else {
            throw .invalidAddress(
                "a password in it could be read by others: keep it in ~/.pgpass, in the file that PGPASSFILE names, or in "
                    + "PGPASSWORD")
        }
        self.text = text
    }

    private static let secrets: Set = [
        "password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret",
    ]

    private init(unchecked text: String) { self.text = text }

    /// Whether a text means a server, and no file.
    public static func isAddress(_ text: String) -> Bool {
        ["postgres://", "postgresql://"].contains { text.hasPrefix($0) }
    }

    /// What it says, by the names that libpq has for it, such as `host` and `dbname`; what it does not say is not among it.
    public var options: [String: String] {
        // It could be read when it was made.
        (try? ConnectionOption.all(in: text)) ?? [:]
    }

    /// Another database of the same server.
    public func naming(database: String) -> PostgresAddress {
        let scheme = text.range(of: "://")?.upperBound ?? text.startIndex
        let options = text[scheme...].firstIndex(of: "?") ?? text.endIndex
        let slash = text[scheme..<options].firstIndex(of: "/") ?? options
        let name =
            database.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["_", "-", "."])) ?? database
        return PostgresAddress(unchecked: "\(text[..<slash])/\(name)\(text[options...])")
    }
}

extension PostgresAddress: CustomStringConvertible {
    /// As it was written, which was without a password.
    public var description: String { text }
}

/// What an address says, by the names that libpq has for it.
enum ConnectionOption {
    static func all(in text: String) throws(PostgresError) -> [String: String] {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &message) else {
            defer { PQfreemem(message) }
            throw .invalidAddress(
                message.map { String(cString: $0).firstLine.without(secretsOf: text) } ?? "it cannot be read")
        }
        defer { PQconninfoFree(options) }
        var (found, option) = ([String: String](), options)
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { found[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return found
    }
}

extension String {
    /// libpq repeats what it cannot read, or what comes behind it.
    fileprivate func without(secretsOf address: String) -> String {
        let rest = address.split(separator: "://", maxSplits: 1).last ?? ""
        guard
            ["password", "secret", "_key"].contains(where: rest.contains)
                || rest.firstIndex(of: ":").map({ rest[$0...].contains("@") }) == true
        else {
            return self
        }
        return "it is not of the form postgres://user@host:port/database?option=value"
    }

    /// Without the line's end: libpq's messages have some more, which repeat the statement.
    var firstLine: String { split(separator: "\n", maxSplits: 1).first.map(String.init) ?? "" }
}
