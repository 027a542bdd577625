import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A connection to one origin whose exchanges are measured.
struct MeasuredConnection: Sendable {
    let origin: String
    let channel: any Channel
    private let upper: NIOLoopBound<MeasuredExchangeHandler>

    /// Sends a request and gives its answer; the connection is closed at once when the task is cancelled.
    ///
    /// - Throws: What NIO says, `AzureError`, `CancellationError`.
    func exchange(_ order: MeasuredExchange.Order) async throws -> MeasuredExchange.Outcome {
        channel.eventLoop.execute { upper.value.begin(order) }
        return try await order.promise.futureResult.valueUnlessCancelled { close() }
    }

    /// At once: nothing is waited for.
    func close() {
        channel.close(promise: nil)
        let channel = channel
        channel.eventLoop.execute {
            try? channel.pipeline.syncOperations.handler(type: SocketHandler.self).closeNow()
        }
    }
}

extension MeasuredConnection {
    /// Resolves, connects and, for `https`, agrees on TLS; each phase is noted and told.
    ///
    /// - Throws: What NIO says, `AzureError`, `CancellationError`.
    static func open(
        to url: HTTPURL,
        tls: NIOSSLContext?,
        on eventLoop: any EventLoop,
        _ recorder: PhaseRecorder,
        _ progress: @escaping @Sendable (TransferProgress) -> Void
    ) async throws -> MeasuredConnection {
        let port = url.port ?? (url.isEncrypted ? 443 : 80)
        let found = HostAddresses.find(url.hostWithoutBrackets, port: port, on: eventLoop)
        let addresses = try await found.valueUnlessCancelled {}
        recorder.end(.resolve)
        progress(.resolved)

        let attempts = ConnectionAttempts()
        let bootstrap = ClientBootstrap(group: eventLoop)
            .resolver(FoundAddresses(addresses, eventLoop: eventLoop))
            .connectTimeout(.seconds(10))
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    attempts.add(channel, try prepare(channel, for: url, tls, now: recorder.now))
                }
            }
        let connected = bootstrap.connect(host: url.hostWithoutBrackets, port: port).flatMapThrowing { channel in
            guard let upper = attempts.upper(of: channel) else { throw ChannelError.ioOnClosedChannel }
            // By the time this runs the other side may have said more.
            recorder.end(.connect, at: upper.value.connectedAt)
            progress(.connected)
            return MeasuredConnection(origin: url.origin, channel: channel, upper: upper)
        }
        let connection = try await connected.valueUnlessCancelled { attempts.closeAll() }
        guard tls != nil else { return connection }
        let ready = connection.channel.eventLoop.flatSubmit { connection.upper.value.ready.futureResult }
            .map {
                recorder.end(.secure, at: connection.upper.value.securedAt)
                progress(.secured)
            }
        do {
            try await ready.valueUnlessCancelled { connection.close() }
        } catch {
            connection.close()
            throw error
        }
        return connection
    }

    /// - Returns: The upper end, for the thread of the connection alone.
    private static func prepare(
        _ channel: any Channel,
        for url: HTTPURL,
        _ tls: NIOSSLContext?,
        now: @escaping @Sendable () -> Duration
    ) throws -> NIOLoopBound<MeasuredExchangeHandler> {
        let pipeline = channel.pipeline.syncOperations
        let upper = MeasuredExchangeHandler(
            isEncrypted: tls != nil,
            ready: channel.eventLoop.makePromise(of: Void.self),
            now: now
        )
        try pipeline.addHandler(SocketHandler())
        if let tls {
            // An address is no name: the certificate is compared with where the connection leads.
            try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: url.isAddress ? nil : url.host))
        }
        try pipeline.addHandler(FirstByteHandler(upper))
        try pipeline.addHTTPClientHandlers()
        try pipeline.addHandler(upper)
        return NIOLoopBound(upper, eventLoop: channel.eventLoop)
    }
}

/// The sockets with which a connection is being tried, some at the same time.
private final class ConnectionAttempts: Sendable {
    private struct Attempt {
        var channel: any Channel
        var upper: NIOLoopBound<MeasuredExchangeHandler>
    }

    private struct State {
        var attempts: [Attempt] = []
        var isOver = false
    }

    private let state = Mutex(State())

    func add(_ channel: any Channel, _ upper: NIOLoopBound<MeasuredExchangeHandler>) {
        let isOver = state.withLock { state in
            state.attempts.append(Attempt(channel: channel, upper: upper))
            return state.isOver
        }
        if isOver { channel.close(promise: nil) }
    }

    func upper(of channel: any Channel) -> NIOLoopBound<MeasuredExchangeHandler>? {
        state.withLock { $0.attempts.first { $0.channel === channel }?.upper }
    }

    func closeAll() {
        let attempts = state.withLock { state in
            state.isOver = true
            return state.attempts
        }
        for attempt in attempts { attempt.channel.close(promise: nil) }
    }
}

extension HTTPURL {
    fileprivate var hostWithoutBrackets: String {
        host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }

    fileprivate var isAddress: Bool { host.hasPrefix("[") || IPv4Address(host) != nil }
}

extension EventLoopFuture where Value: Sendable {
    /// The value, or `CancellationError` at once when the task is cancelled; what goes on then is ended by `cancel`.
    func valueUnlessCancelled(_ cancel: @escaping @Sendable () -> Void) async throws -> Value {
        let promise = eventLoop.makePromise(of: Value.self)
        cascade(to: promise)
        return try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            promise.fail(CancellationError())
            cancel()
        }
    }
}
