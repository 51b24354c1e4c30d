import Dispatch
import Foundation
import Synchronization

/// Tells a thread that works or waits that nobody waits for it any more.
final class Cancellation: Sendable {
    private let wasRequested = Atomic(false)
    private let bell = DispatchSemaphore(value: 0)

    var isRequested: Bool { wasRequested.load(ordering: .relaxed) }

    func request() {
        wasRequested.store(true, ordering: .relaxed)
        bell.signal()
    }

    func check() throws(CancellationError) {
        if isRequested { throw CancellationError() }
    }

    func sleep(_ seconds: Double) throws(CancellationError) {
        try check()
        _ = bell.wait(timeout: .now() + seconds)
        try check()
    }
}

/// Few enough for servers, and for handles that keep their connections.
private let fewThreads: OperationQueue = {
    let queue = OperationQueue()
    queue.maxConcurrentOperationCount = 48
    return queue
}()

/// Does work that blocks its thread for a while, some at once, outside of the threads that all tasks share.
func onOneOfFewThreads<Value: Sendable>(
    _ work: @escaping @Sendable (Cancellation) throws -> Value
) async throws -> Value {
    try await blocking(work) { fewThreads.addOperation($0) }
}

/// Does work that blocks its thread outside of the few threads that all tasks share.
func onThreadOfItsOwn<Value: Sendable>(
    _ work: @escaping @Sendable (Cancellation) throws -> Value
) async throws -> Value {
    try await blocking(work) { Thread.detachNewThread($0) }
}

/// Work that `start` does sooner or later, unless its task is cancelled before.
private func blocking<Value: Sendable>(
    _ work: @escaping @Sendable (Cancellation) throws -> Value, on start: (@escaping @Sendable () -> Void) -> Void
) async throws -> Value {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            start {
                continuation.resume(
                    with: Result {
                        try cancellation.check()
                        return try work(cancellation)
                    })
            }
        }
    } onCancel: {
        cancellation.request()
    }
}
