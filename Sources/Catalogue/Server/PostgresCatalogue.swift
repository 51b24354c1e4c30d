import Postgres
import Vectors

/// A catalogue in a database of a PostgreSQL server, whose extension pgvector compares embeddings.
///
/// Any number of machines may use it at once. Its tables lie in the schema `lookalike`.
struct PostgresCatalogue: PhotoCatalogue {
    let location: CatalogueLocation
    /// What an index is searched by fills a third of one of its pages at most, which are of 8,192 bytes.
    let longestPath: Int? = 2600
    let spaces = SpaceTables()
    let clusters = ClusterMemory()
    let pool: PostgresPool
    private let preparation: Preparation

    /// Asks the server for nothing yet. Where nobody has made the catalogue, the first who asks for something does, if it may
    /// be made.
    init(on address: PostgresAddress, mayBeMade: Bool) {
        location = .server(address)
        pool = PostgresPool(address, settings: .catalogue, size: Self.connectionLimit)
        preparation = Preparation(location, mayBeMade: mayBeMade)
    }

    /// As many statements at once as keep a server's processors busy, of which each client has its share.
    private static let connectionLimit = 8

    func index(of space: EmbeddingSpace, for metric: Metric) -> any EmbeddingIndex {
        ServerIndex(of: space, for: metric, in: self)
    }

    /// What is read, a statement at a time. It is finished even in a task that is cancelled meanwhile, so that a run that is
    /// stopped can still record what it found.
    func read<T: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) async throws -> T
    ) async throws -> T {
        try await attempts { [pool] in try await Task { try await pool.withConnection(body) }.value }
    }

    /// What nobody needs any more whose task is cancelled, which ends it on the server too.
    func search<T: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) async throws -> T
    ) async throws -> T {
        try await attempts { try await pool.withConnection(body) }
    }

    /// One transaction: all of it, or none. It is finished as `read` is.
    @discardableResult
    func write<T: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) async throws -> T
    ) async throws -> T {
        try await attempts { [pool] in try await Task { try await pool.withTransaction(body) }.value }
    }

    /// What passes when others are done, or when a space is asked for anew that somebody forgot, is tried again.
    func attempts<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        var failures = 0
        while true {
            do {
                try await preparation.finish(with: pool)
                return try await body()
            } catch let error as PostgresError where error.mayPass && failures < Self.attemptLimit {
                failures += 1
                spaces.forget()
            } catch let error where !(error is CancellationError || error is ClusterError) {
                throw CatalogueError(error, at: location)
            }
        }
    }

    private static let attemptLimit = 10
}

extension PostgresSettings {
    /// As the catalogue's statements are written for.
    fileprivate static var catalogue: PostgresSettings {
        PostgresSettings(
            applicationName: "lookalike",
            parameters: PostgresSettings.vigilance.merging([
                // Extensions lie in one of these, unless somebody has put them elsewhere.
                "search_path": "lookalike,public,extensions",
                "default_transaction_isolation": "read committed",
            ]) { $1 })
    }
}

extension PostgresError {
    /// Whether somebody else was in the way, or a table has gone that was there before.
    fileprivate var mayPass: Bool {
        guard case .server(let state, _, _, _) = self else { return false }
        // Serialization, deadlock, a content that was forgotten meanwhile, an embedding that another has just written, an
        // undefined table.
        return ["40001", "40P01", "23503", "23505", "42P01"].contains(state)
    }
}
