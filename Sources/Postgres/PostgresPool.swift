import Synchronization

/// Sessions with one server, opened when they are needed and kept for the next who needs one.
public final class PostgresPool: Sendable {
    private let address: PostgresAddress
    private let settings: PostgresSettings
    private let state: Mutex<State>

    private struct State {
        var idle: [PostgresConnection] = []
        /// How many more may be opened.
        var free: Int
        /// Those who wait, the first first.
        var waiting: [CheckedContinuation<PostgresConnection?, Never>] = []
    }

    /// At most `size` sessions; who asks for one more waits until another is done.
    public init(_ address: PostgresAddress, settings: PostgresSettings, size: Int) {
        (self.address, self.settings) = (address, settings)
        state = Mutex(State(free: size))
    }

    /// Lends a session. One that broke, or was left in a transaction, is not lent again.
    public func withConnection<T: Sendable>(_ body: (PostgresConnection) async throws -> T) async throws -> T {
        let connection = try await take()
        do {
            let value = try await body(connection)
            giveBack(connection)
            return value
        } catch {
            giveBack(connection)
            throw error
        }
    }

    /// Lends a session for all of a transaction.
    public func withTransaction<T: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws -> T
    ) async throws -> T {
        try await withConnection { try await $0.transaction(body) }
    }

    /// A session that nobody else gets, and that ends when nobody has it any more.
    public func session() async throws -> PostgresConnection {
        try await PostgresConnection.open(address, settings: settings)
    }

    private func take() async throws -> PostgresConnection {
        while let idle = await free() {
            if await idle.isIdle { return idle }
            drop()
        }
        do { return try await PostgresConnection.open(address, settings: settings) } catch {
            drop()
            throw error
        }
    }

    /// `nil` where a new one may be opened.
    private func free() async -> PostgresConnection? {
        await withCheckedContinuation { continuation in
            let ready: PostgresConnection?? = state.withLock { state in
                if let connection = state.idle.popLast() { return .some(connection) }
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return nil
                }
                state.free -= 1
                return .some(nil)
            }
            if let ready { continuation.resume(returning: ready) }
        }
    }

    private func giveBack(_ connection: PostgresConnection) {
        guard connection.wasLeftIdle else { return drop() }
        let next = state.withLock { state in
            guard let next = state.waiting.first else {
                state.idle.append(connection)
                return nil as CheckedContinuation<PostgresConnection?, Never>?
            }
            state.waiting.removeFirst()
            return next
        }
        next?.resume(returning: connection)
    }

    /// A session is gone: another may be opened.
    private func drop() {
        let next = state.withLock { state in
            guard let next = state.waiting.first else {
                state.free += 1
                return nil as CheckedContinuation<PostgresConnection?, Never>?
            }
            state.waiting.removeFirst()
            return next
        }
        next?.resume(returning: nil)
    }
}
