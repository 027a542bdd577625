import NIOCore
import NIOHTTP1
import NIOTLS

/// The upper end of a measured connection: one exchange after another, none at the same time.
final class MeasuredExchangeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    /// How much of a body is handed over at once, so that other connections of the thread get their turn.
    private static let chunkByteCount = 64 << 10

    /// Kept as long as the connection can be used, with TLS where it has that.
    let ready: EventLoopPromise<Void>
    /// When the connection stood, and when both sides could talk in secret.
    private(set) var connectedAt: Duration?
    private(set) var securedAt: Duration?
    private let isEncrypted: Bool
    private let now: @Sendable () -> Duration
    private var context: ChannelHandlerContext?
    private var exchange: MeasuredExchange?
    /// Why the connection ended.
    private var failure: (any Error)?

    init(isEncrypted: Bool, ready: EventLoopPromise<Void>, now: @escaping @Sendable () -> Duration) {
        self.isEncrypted = isEncrypted
        self.ready = ready
        self.now = now
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        fail(with: failure ?? ChannelError.ioOnClosedChannel)
    }

    func channelActive(context: ChannelHandlerContext) {
        connectedAt = now()
        if !isEncrypted { ready.succeed() }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            securedAt = now()
            ready.succeed()
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Sends a request; its promise is kept when the answer is there.
    func begin(_ order: MeasuredExchange.Order) {
        guard let context, context.channel.isActive, failure == nil, exchange == nil else {
            return order.promise.fail(failure ?? ChannelError.ioOnClosedChannel)
        }
        exchange = MeasuredExchange(order)
        context.write(wrapOutboundOut(.head(order.head)), promise: nil)
        sendMore(context)
    }

    /// The first byte that came over the wire since the exchange began.
    func noteFirstByte() {
        exchange?.noteFirstByte()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        sendMore(context)
        context.fireChannelWritabilityChanged()
    }

    /// Hands over as much of the body as the connection takes without keeping it in memory.
    private func sendMore(_ context: ChannelHandlerContext) {
        while let exchange, !exchange.isEndWritten {
            let length = min(Self.chunkByteCount, exchange.unsent.readableBytes)
            if length > 0 {
                // What is flushed may be read as writable at once: this function comes back to where it left off.
                guard context.channel.isWritable, let part = self.exchange?.unsent.readSlice(length: length) else {
                    return
                }
                context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(part))), promise: nil)
            } else {
                self.exchange?.isEndWritten = true
                let handedOver = context.eventLoop.makePromise(of: Void.self)
                let recorder = exchange.order.recorder
                handedOver.futureResult.assumeIsolated().whenComplete { result in
                    // By then another exchange may have begun.
                    guard self.exchange?.order.recorder === recorder else { return }
                    switch result {
                    case .success: self.exchange?.noteSent()
                    case .failure(let error): self.failure = self.failure ?? error
                    }
                }
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: handedOver)
            }
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard exchange != nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): exchange?.take(head)
        case .body(let part):
            do throws(AzureError) {
                if try exchange?.take(part) == false { finish(trailers: nil) }
            } catch {
                fail(with: error)
                context.close(promise: nil)
            }
        case .end(let trailers): finish(trailers: trailers)
        }
    }

    private func finish(trailers: HTTPHeaders?) {
        guard let exchange, let outcome = exchange.finish(trailers: trailers) else { return }
        self.exchange = nil
        exchange.order.promise.succeed(outcome)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(with: error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(with: failure ?? ChannelError.eof)
        context.fireChannelInactive()
    }

    private func fail(with error: any Error) {
        failure = failure ?? error
        ready.fail(error)
        let exchange = exchange
        self.exchange = nil
        exchange?.order.promise.fail(error)
    }
}

/// Below the reading of HTTP: sees the bytes as they come.
final class FirstByteHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let upper: MeasuredExchangeHandler

    init(_ upper: MeasuredExchangeHandler) {
        self.upper = upper
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        upper.noteFirstByte()
        context.fireChannelRead(data)
    }
}

/// The lower end of a connection: closes it without waiting for the other side's farewell.
final class SocketHandler: ChannelOutboundHandler {
    typealias OutboundIn = IOData

    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func closeNow() {
        context?.close(promise: nil)
    }
}
