import HTTPTypes
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One listening socket on 127.0.0.1 and the task that serves it.
final class OriginServer: Sendable {
    typealias Responder = @Sendable (Request, any Channel) async -> Outcome

    /// What becomes of a connection after a request.
    enum Outcome: Sendable {
        case reply(Reply)
        /// No answer ever: the connection stays open until the client gives up.
        case silence
        /// The connection is torn down with a TCP reset.
        case reset
        /// The head promises the whole body, half of it comes, then the connection ends.
        case halfBody(Reply)
    }

    let port: Int
    private let task: Task<Void, any Error>
    private let quiesce: @Sendable () async -> Void
    private let channels: OpenChannels

    /// A program that is started meanwhile must not hold on to the port.
    private static func keepFromChildren(_ channel: any Channel) async {
        let kept = channel.eventLoop.submit {
            _ = try channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) {
                _ = fcntl($0, F_SETFD, FD_CLOEXEC)
            }
        }
        // Where the channel is none of the system's sockets there is nothing to keep.
        try? await kept.get()
    }

    /// Binds and starts to serve; without `tls` over plain HTTP.
    ///
    /// - Throws: `SimulatorError` when the port cannot be bound.
    init(port: Int, tls: TLSConfiguration?, respond: @escaping Responder) async throws {
        let channels = OpenChannels()
        let bound = AsyncStream<Int>.makeStream()
        let silent = Logger(label: "amltop.simulator") { _ in SwiftLogNoOpLogHandler() }
        let http = HTTP1Channel(
            responder: { request, writer, channel in
                let hangUp = channels.hangUp(of: channel)
                try await Self.serve(request, writer: writer, channel: channel, hangUp: hangUp, respond: respond)
            },
            configuration: .init(additionalChannelHandlers: [HangUpHandler(note: channels.note)])
        )
        let configuration = ServerConfiguration(address: .hostname("127.0.0.1", port: port))
        let running: @Sendable (any Channel) async -> Void = { channel in
            await Self.keepFromChildren(channel)
            bound.continuation.yield(channel.localAddress?.port ?? 0)
            bound.continuation.finish()
        }
        let group = MultiThreadedEventLoopGroup.singleton
        if let tls {
            let server = Server(
                childChannelSetup: try TLSChannel(http, tlsConfiguration: tls),
                configuration: configuration,
                onServerRunning: running,
                eventLoopGroup: group,
                logger: silent
            )
            quiesce = { try? await server.shutdownGracefully() }
            task = Task.detached {
                defer { bound.continuation.finish() }
                try await server.run()
            }
        } else {
            let server = Server(
                childChannelSetup: http,
                configuration: configuration,
                onServerRunning: running,
                eventLoopGroup: group,
                logger: silent
            )
            quiesce = { try? await server.shutdownGracefully() }
            task = Task.detached {
                defer { bound.continuation.finish() }
                try await server.run()
            }
        }
        var iterator = bound.stream.makeAsyncIterator()
        guard let actual = await iterator.next() else { throw SimulatorError(.port(port)) }
        self.port = actual
        self.channels = channels
    }

    /// Stops listening and ends every connection; what is being answered is cut off.
    ///
    /// Cancelling alone would drop a connection that was accepted and is not served yet, and such a one must not go
    /// without a goodbye: the system stops the program then. So all are asked to end, and only who does not is cancelled.
    func stop() async {
        let quiesce = quiesce
        let quiescing = Task.detached { await quiesce() }
        channels.closeAll()
        let impatience = Task.detached { [task, channels] in
            try await Task.sleep(for: .seconds(1))
            channels.closeAll()
            task.cancel()
        }
        _ = await task.result
        impatience.cancel()
        quiescing.cancel()
    }

    @concurrent private static func serve(
        _ request: Request,
        writer: consuming ResponseWriter,
        channel: any Channel,
        hangUp: HangUp,
        respond: @escaping Responder
    ) async throws {
        // curl asks before it sends more than a megabyte, and waits a second for the answer.
        if request.headers[.expect]?.lowercased() == "100-continue" {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        // Whoever works on an answer is told to stop when nobody waits for it any more.
        let work = Task { await respond(request, channel) }
        hangUp.set { work.cancel() }
        let outcome = await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            work.cancel()
        }
        hangUp.set(nil)
        switch outcome {
        case .reply(let reply):
            do {
                try await send(reply, withBody: request.method != .head, writer: writer, hangUp: hangUp)
            } catch {
                reply.onEnd?(false)
                throw error
            }
            reply.onEnd?(true)
        case .silence:
            try await request.body.consumeWithCancellationOnInboundClose { _ in
                try await Task.sleep(for: .seconds(86_400))
            }
            throw CancellationError()
        case .reset:
            try await channel.tearDown(withReset: true)
            throw CancellationError()
        case .halfBody(let reply):
            reply.onEnd?(false)
            var body = try await writer.writeHead(head(of: reply))
            try await body.write(ByteBuffer(bytes: reply.body.prefix(reply.body.count / 2)))
            try await channel.tearDown(withReset: false)
            throw CancellationError()
        }
    }
}
