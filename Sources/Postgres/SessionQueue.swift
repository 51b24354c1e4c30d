import Dispatch
import Synchronization

/// Where a session lives: on a queue of its own, since waiting for a server would keep a thread from others.
final class SessionQueue: Sendable {
    private let queue = DispatchQueue(label: "PostgreSQL session")
    // Touched on the queue alone.
    private nonisolated(unsafe) let session: Session
    private let wake: WakeSignal
    private let state = Mutex((isIdle: true, since: ContinuousClock.now))

    private init(_ session: Session) {
        self.session = session
        wake = session.wake
    }

    /// Logs in, which takes as long as the settings say where nobody answers. In a task that is cancelled, nobody waits for that.
    static func open(_ address: PostgresAddress, _ settings: PostgresSettings) async throws -> SessionQueue {
        let login = FirstAnswer<SessionQueue>()
        DispatchQueue(label: "PostgreSQL login").async {
            login.give(Result { SessionQueue(try Session(address, settings)) })
        }
        return try await login.value
    }

    /// Ends what `body` waits for when the task is cancelled, or the deadline is over.
    func run<T: Sendable>(
        until deadline: ContinuousClock.Instant? = nil, _ body: @escaping @Sendable (Session) throws -> T
    ) async throws -> T {
        let turn = SessionTurn(of: wake)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.async { [self] in
                    session.deadline = deadline
                    let result = Result { try turn.take { try body(session.usable()) } }
                    note(session.isIdle)
                    continuation.resume(with: result)
                }
            }
        } onCancel: {
            turn.giveUp()
        }
    }

    /// Whether it was left outside of any transaction, and not broken, by what was done last.
    var wasLeftIdle: Bool { state.withLock(\.isIdle) }

    /// Whether it can be given something to do. A server that was stopped meanwhile is noticed, unless that was just now.
    var isIdle: Bool {
        get async {
            let (isIdle, since) = state.withLock { $0 }
            guard isIdle, since + .seconds(1) < .now else { return isIdle }
            return await withCheckedContinuation { continuation in
                queue.async { [self] in
                    note(session.isIdle)
                    continuation.resume(returning: wasLeftIdle)
                }
            }
        }
    }

    private func note(_ isIdle: Bool) { state.withLock { $0 = (isIdle, .now) } }
}
