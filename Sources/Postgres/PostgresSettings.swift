#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How sessions are opened, beside what their address says, which counts more.
public struct PostgresSettings: Sendable, Hashable {
    /// By which a server's operator knows them.
    public var applicationName: String
    /// Seconds until a server that does not answer counts as gone: at the beginning, unless `PGCONNECT_TIMEOUT` says another time, of
    /// up to a minute. Later it has three times as long, since a machine that is short of time may be all but there.
    public var patience: Int
    /// Run-time parameters by their names, such as `search_path`, but for what an address says of them.
    public var parameters: [String: String]

    /// Five seconds of patience, and the server's own parameters.
    public init(applicationName: String, patience: Int = 5, parameters: [String: String] = [:]) {
        (self.applicationName, self.patience, self.parameters) = (applicationName, patience, parameters)
    }

    /// libpq passes over its variable where it is given a time. No longer than a minute, since what gives up on a server earlier
    /// leaves a thread behind that waits for it.
    private static var environmentTimeout: Int? {
        getenv("PGCONNECT_TIMEOUT").flatMap { Int(String(cString: $0)) }.map { $0 > 0 ? min($0, 60) : 60 }
    }

    /// Run-time parameters by which a server misses a machine that vanishes within half a minute, whose locks it would keep for two
    /// hours.
    public static let vigilance = [
        "tcp_keepalives_idle": "15", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3",
    ]

    /// As libpq takes them: of one that comes twice, the later counts.
    func options(for address: PostgresAddress) -> [(String, String)] {
        [
            ("fallback_application_name", applicationName),
            ("connect_timeout", "\(Self.environmentTimeout ?? patience)"),
            ("tcp_user_timeout", "\(3 * patience * 1000)"),
            ("keepalives_idle", "\(patience)"), ("keepalives_interval", "\(patience)"), ("keepalives_count", "2"),
            ("dbname", address.text),
            // Texts are read as such, whatever an address says.
            ("client_encoding", "UTF8"),
        ]
    }
}
