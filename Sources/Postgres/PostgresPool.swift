import Synchronization

/// Sessions with one server, opened when they are needed and kept for the next who needs one.
public final class PostgresPool: Sendable {
    private let address: PostgresAddress
    private let settings: PostgresSettings
    private let state: Mutex<State>

    private typealias Waiting = CheckedContinuation<PostgresConnection?, any Error>

    private struct State {
        var idle: [PostgresConnection] = []
        /// How many more may be opened.
        var free: Int
        /// Those who wait, the first first.
        var waiting: [(number: Int, continuation: Waiting)] = []
        /// Of those who waited.
        var count = 0

        /// Who has waited the longest, and waits no more then.
        mutating func next() -> Waiting? { waiting.isEmpty ? nil : waiting.removeFirst().continuation }

        /// What can be had at once; `nil` where it has to be waited for.
        mutating func ready(or waiter: (number: Int, continuation: Waiting)) -> Result<PostgresConnection?, any Error>?
        {
            // Whoever cancelled it came before it waited, and found nobody.
            guard !Task.isCancelled else { return .failure(CancellationError()) }
            if let connection = idle.popLast() { return .success(connection) }
            guard free > 0 else {
                waiting.append(waiter)
                return nil
            }
            free -= 1
            return .success(nil)
        }
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

    /// The same, given up with `PostgresError.deadlineExceeded` when the time is over: also while a session is waited for, or
    /// opened.
    public func withConnection<T: Sendable>(
        within limit: Duration, _ body: @escaping @Sendable (PostgresConnection) async throws -> T
    ) async throws -> T {
        let answer = FirstAnswer<T>()
        let work = Task { [self] in
            do { answer.give(.success(try await withConnection(body))) } catch { answer.give(.failure(error)) }
        }
        let clock = Task {
            try await Task.sleep(for: limit)
            answer.give(.failure(PostgresError.deadlineExceeded))
        }
        defer {
            work.cancel()
            clock.cancel()
        }
        return try await answer.value
    }

    /// Ends the sessions that nobody has: where the server was not to be reached, they may be none any more.
    public func endIdle() {
        let idle = state.withLock { state in
            defer {
                state.free += state.idle.count
                state.idle = []
            }
            return state.idle
        }
        withExtendedLifetime(idle) {}
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
        // In the place of one that broke, another is opened.
        if let idle = try await free(), await idle.isIdle { return idle }
        do { return try await PostgresConnection.open(address, settings: settings) } catch {
            drop()
            throw error
        }
    }

    /// `nil` where a new one may be opened.
    private func free() async throws -> PostgresConnection? {
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let ready = state.withLock { $0.ready(or: (number, continuation)) }
                if let ready { continuation.resume(with: ready) }
            }
        } onCancel: {
            let given = state.withLock { state in
                state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0).continuation }
            }
            given?.resume(throwing: CancellationError())
        }
    }

    private func giveBack(_ connection: PostgresConnection) {
        guard connection.wasLeftIdle else { return drop() }
        let next = state.withLock { state in
            guard let next = state.next() else {
                state.idle.append(connection)
                return nil as Waiting?
            }
            return next
        }
        next?.resume(returning: connection)
    }

    /// A session is gone: another may be opened.
    private func drop() {
        let next = state.withLock { state in
            guard let next = state.next() else {
                state.free += 1
                return nil as Waiting?
            }
            return next
        }
        next?.resume(returning: nil)
    }
}
