/// A session with a server, for one task at a time.
///
/// What waits for the server ends at once when its task is cancelled; the server is told so. Whatever is thrown is a
/// `PostgresError` or a `CancellationError`.
public final class PostgresConnection: Sendable {
    let session: SessionQueue

    private init(_ session: SessionQueue) { self.session = session }

    /// Logs in. Waits as long as the settings say for a server that does not answer.
    public static func open(_ address: PostgresAddress, settings: PostgresSettings) async throws -> PostgresConnection {
        PostgresConnection(try await SessionQueue.open(address, settings))
    }

    /// Whether it can be given something to do, outside of any transaction.
    public var isIdle: Bool {
        get async { await session.isIdle }
    }

    /// The same as of what was done last, without a look at what happened meanwhile.
    var wasLeftIdle: Bool { session.wasLeftIdle }

    /// Any number of statements without parameters, in one transaction unless they say otherwise.
    public func execute(_ statements: String) async throws {
        try await session.run { try $0.execute(statements) }
    }

    /// One statement, which is kept prepared for the next time, with run-time parameters of the session that it needs, which are
    /// set unless they are so already. Gives up at a deadline.
    @discardableResult
    public func query(
        _ statement: String, _ parameters: [PostgresValue] = [], with settings: [String: String] = [:],
        deadline: ContinuousClock.Instant? = nil
    ) async throws -> PostgresRows {
        try await session.run(until: deadline) { session in
            for (name, value) in settings { try session.set(name, to: value) }
            return try session.query(statement, parameters)
        }
    }

    /// Statements one after another, in one round trip. Where one fails, those behind it are not run, and its error is thrown;
    /// outside of a transaction, none has happened.
    public func pipeline(_ queries: [(statement: String, parameters: [PostgresValue])]) async throws -> [PostgresRows] {
        try await session.run { try $0.pipeline(queries) }
    }

    /// Rows for `COPY … FROM STDIN (FORMAT binary)`, as many as `write` has: it is asked until it says that there are no more.
    /// Where the server refuses one, none is kept. Returns how many there were.
    @discardableResult
    public func copy(
        into statement: String, _ write: @escaping @Sendable (inout CopyWriter) throws -> Bool
    ) async throws -> Int {
        try await session.run { try $0.copy(into: statement, write) }
    }

    /// All that is done to the server within `body`, or nothing.
    @discardableResult
    public func transaction<T: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws -> T
    ) async throws -> T {
        do {
            try await execute("BEGIN")
            let value = try await body(self)
            try await session.run { try $0.commit() }
            return value
        } catch {
            // In a cancelled task, nothing would be sent.
            await Task { try? await execute("ROLLBACK") }.value
            throw error
        }
    }
}
