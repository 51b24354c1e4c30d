import Synchronization

/// One thing that a session is asked to do. To give it up ends no other: neither what is done before it, nor what comes behind.
final class SessionTurn: Sendable {
    private let state = Mutex((isTaken: false, isGivenUp: false))
    private let wake: WakeSignal

    init(of wake: WakeSignal) { self.wake = wake }

    /// Does it, unless it was given up before.
    func take<T>(_ body: () throws -> T) throws -> T {
        let isGivenUp = state.withLock { state in
            state.isTaken = true
            return state.isGivenUp
        }
        guard !isGivenUp else { throw CancellationError() }
        defer { end() }
        return try body()
    }

    func giveUp() {
        state.withLock { state in
            state.isGivenUp = true
            if state.isTaken { wake.raise() }
        }
    }

    private func end() {
        state.withLock { state in
            state.isTaken = false
            wake.clear()
        }
    }
}
