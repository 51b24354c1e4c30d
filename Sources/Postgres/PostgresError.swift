/// Why a server did not do what it was asked for. No message has a password in it.
public enum PostgresError: Error, Hashable, CustomStringConvertible {
    /// Why an address is none.
    case invalidAddress(String)
    /// Nobody answers, or not in time.
    case cannotConnect(String)
    /// The server does not let this user in, or not without another password.
    case refused(String)
    /// The server has no database of that name.
    case noSuchDatabase(String)
    /// Server and client do not agree on encryption.
    case tls(String)
    /// The session ended while it was needed, as where the server was stopped.
    case connectionLost(String)
    /// It took longer than whoever asked would wait.
    case deadlineExceeded
    /// A statement failed: its SQLSTATE (PostgreSQL's documentation, appendix A), and what the server says of it.
    case server(state: String, message: String, detail: String?, constraint: String?)
    /// The server answered with something else than was expected of it.
    case unexpectedValue(String)

    /// What happened, in a sentence without a full stop.
    public var description: String {
        switch self {
        case .invalidAddress(let reason): reason
        case .cannotConnect(let reason), .refused(let reason), .noSuchDatabase(let reason), .tls(let reason): reason
        case .connectionLost(let reason): "the connection was lost: \(reason)"
        case .deadlineExceeded: "the server did not answer in time"
        case .server(_, let message, let detail, _): detail.map { "\(message): \($0)" } ?? message
        case .unexpectedValue(let reason): "the server answered with something unexpected: \(reason)"
        }
    }

    /// Of a statement that failed; `nil` for all else.
    public var state: String? {
        if case .server(let state, _, _, _) = self { state } else { nil }
    }
}
