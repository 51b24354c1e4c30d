import Hummingbird
import NIOCore
import Synchronization

/// Who asks, as long as they are there: what nobody waits for any more is not done.
///
/// Whoever closes their half of a connection before they are answered counts as gone; they are told so, in case that they
/// listen still.
final class Clients: Sendable {
    private let waiting = Mutex<[ObjectIdentifier: @Sendable () -> Void]>([:])

    /// Does some work for whoever asks on a channel, and cancels it when they leave.
    func serve<Result: Sendable>(_ channel: any Channel, _ work: @escaping @Sendable () async throws -> Result)
        async throws
        -> Result
    {
        let task = Task { try await work() }
        let id = ObjectIdentifier(channel)
        waiting.withLock { $0[id] = { task.cancel() } }
        defer { waiting.withLock { _ = $0.removeValue(forKey: id) } }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    fileprivate func leave(_ channel: any Channel) {
        waiting.withLock { $0[ObjectIdentifier(channel)] }?()
    }

    /// One for each connection.
    var listener: any RemovableChannelHandler { LeavingListener(self) }
}

/// Hears when the other end closes a connection.
private final class LeavingListener: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Never

    private let clients: Clients

    init(_ clients: Clients) { self.clients = clients }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { clients.leave(context.channel) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        clients.leave(context.channel)
        context.fireChannelInactive()
    }
}
