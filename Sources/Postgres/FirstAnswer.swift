import Synchronization

/// What several may answer, of whom the first is heard and the others are not.
final class FirstAnswer<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, any Error>)
        case given(Result<Value, any Error>)
        case over
    }

    private let state = Mutex(State.open)

    /// Returns whether it was the first.
    @discardableResult
    func give(_ answer: Result<Value, any Error>) -> Bool {
        let (isFirst, waiting) = state.withLock { state -> (Bool, CheckedContinuation<Value, any Error>?) in
            switch state {
            case .open:
                state = .given(answer)
                return (true, nil)
            case .awaited(let continuation):
                state = .over
                return (true, continuation)
            case .given, .over: return (false, nil)
            }
        }
        waiting?.resume(with: answer)
        return isFirst
    }

    /// To be asked for once. In a task that is cancelled, nobody else is waited for.
    var value: Value {
        get async throws {
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    let given = state.withLock { state -> Result<Value, any Error>? in
                        guard case .given(let answer) = state else {
                            state = .awaited(continuation)
                            return nil
                        }
                        state = .over
                        return answer
                    }
                    if let given { continuation.resume(with: given) }
                }
            } onCancel: {
                give(.failure(CancellationError()))
            }
        }
    }
}
