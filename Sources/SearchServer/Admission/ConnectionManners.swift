import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// What goes without saying on a connection: who has left is told of, who asks whether to send a body is told to, and who sends on and
/// on after they were answered is not listened to for ever.
final class ConnectionManners: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// For so long whoever was answered may go on sending, and reading the answer.
    private static let patience = TimeAmount.seconds(2)

    private let clients: Clients
    /// Whether more of a request is to come.
    private var isReceiving = false
    private var closesAfterAnswer = false
    private var closing: Scheduled<Void>?
    /// Set while nobody reads what is written.
    private var givingUp: Scheduled<Void>?
    private let idleLimit: TimeAmount

    /// Whoever reads nothing of an answer for longer than the limit is not written to any more.
    init(_ clients: Clients, idleLimit: TimeAmount) { (self.clients, self.idleLimit) = (clients, idleLimit) }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        givingUp?.cancel()
        let channel = context.channel
        givingUp =
            channel.isWritable ? nil : context.eventLoop.scheduleTask(in: idleLimit) { channel.close(promise: nil) }
        context.fireChannelWritabilityChanged()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            isReceiving = true
            if head.headerFields[.expect]?.lowercased() == "100-continue" { invite(context) }
        case .body: break
        case .end:
            isReceiving = false
            if !closesAfterAnswer { closing?.cancel() }
        }
        context.fireChannelRead(data)
    }

    private func invite(_ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            closesAfterAnswer = head.headerFields[.connection]?.lowercased() == "close"
            context.write(data, promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            context.write(data, promise: promise)
            if closesAfterAnswer || isReceiving { closeSoon(context) }
        }
    }

    /// At once, what is still being sent would be refused, and the answer might not be read.
    private func closeSoon(_ context: ChannelHandlerContext) {
        let channel = context.channel
        closing = context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { clients.leave(context.channel) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        clients.leave(context.channel)
        closing?.cancel()
        givingUp?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { clients.forget(context.channel) }
}
