import Postgres

extension CatalogueError {
    init(_ error: any Error, at location: CatalogueLocation) {
        switch error {
        case let error as CatalogueError: self = error
        case let error as PostgresError: self = Self.translated(error, at: location)
        case let shard as MissingShard: self.init([shard], at: location)
        default: self = .failed(location, reason: "\(error)")
        }
    }

    init(_ shards: [MissingShard], at location: CatalogueLocation) {
        self = .shardsMissing(location, names: shards.map(\.name), reason: shards.first?.reason ?? "")
    }

    private static func translated(_ error: PostgresError, at location: CatalogueLocation) -> CatalogueError {
        switch error {
        case .invalidAddress, .unexpectedValue: .failed(location, reason: "\(error)")
        case .cannotConnect, .connectionLost, .deadlineExceeded: .unreachable(location, reason: "\(error)")
        case .refused: .notLetIn(location, reason: "\(error)")
        case .noSuchDatabase, .tls: .notServed(location, reason: "\(error)")
        case .server(let state, _, _, _): translated(state, "\(error)", at: location)
        }
    }

    /// By PostgreSQL's documentation, appendix A.
    private static func translated(_ state: String, _ reason: String, at location: CatalogueLocation) -> CatalogueError
    {
        switch state {
        case "53100": .diskFull(location)
        case "42501", "25006": .noPermission(location)
        case "55P03": .inUse(location)
        case "0A000", "58P01":
            reason.contains("vector") ? .noVectors(location, found: nil) : .failed(location, reason: reason)
        case _ where ["08", "57"].contains(state.prefix(2)): .unreachable(location, reason: reason)
        case _ where state.hasPrefix("XX"): .damaged(location)
        default: .failed(location, reason: reason)
        }
    }
}
