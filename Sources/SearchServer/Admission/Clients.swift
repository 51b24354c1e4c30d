import NIOCore
import Synchronization

/// Who asks, as long as they are there: what nobody waits for any more is not done.
///
/// Whoever closes their half of a connection before they are answered counts as gone; they are told so, in case that they
/// listen still.
final class Clients: Sendable {
    private struct State {
        var waiting: [ObjectIdentifier: @Sendable () -> Void] = [:]
        /// Who left, as long as their connections are known.
        var gone: Set<ObjectIdentifier> = []
    }

    private let state = Mutex(State())

    /// Does some work for whoever asks on a channel, and cancels it when they leave.
    func serve<Result: Sendable>(_ channel: any Channel, _ work: @escaping @Sendable () async throws -> Result)
        async throws
        -> Result
    {
        let task = Task { try await work() }
        let id = ObjectIdentifier(channel)
        let isGone = state.withLock { state in
            state.waiting[id] = { task.cancel() }
            return state.gone.contains(id)
        }
        if isGone { task.cancel() }
        defer { state.withLock { _ = $0.waiting.removeValue(forKey: id) } }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Cancels what is done for whoever asks on a channel.
    func leave(_ channel: any Channel) {
        let cancel = state.withLock { state in
            state.gone.insert(ObjectIdentifier(channel))
            return state.waiting[ObjectIdentifier(channel)]
        }
        cancel?()
    }

    /// To be called when a channel is no more, whose place in memory may be another's soon.
    func forget(_ channel: any Channel) { state.withLock { _ = $0.gone.remove(ObjectIdentifier(channel)) } }
}
