import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a server does when the head of a request has arrived.
enum ServerScript: Sendable {
    /// Sends these bytes and keeps the connection open.
    case send(String)
    /// Sends this head with that body and keeps the connection open.
    case sendBytes(head: String, body: [UInt8])
    /// Sends these bytes, then closes.
    case sendAndClose(String)
    /// Breaks the connection off (RST), without a byte.
    case reset
    case silence

    static func answer(_ body: String, status: String = "200 OK") -> ServerScript {
        .send(
            "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\nContent-Type: application/json\r\n\r\n\(body)"
        )
    }
}

/// A server on the loopback interface that acts on a script, byte by byte, with TLS where it is given a context.
final class ScriptedServer: Sendable {
    let port: Int
    private let channel: any Channel

    private init(channel: any Channel) {
        self.channel = channel
        port = channel.localAddress?.port ?? 0
    }

    /// Runs `body` beside a server that has started, and stops the server behind it.
    static func with<Value>(
        _ script: ServerScript,
        tls: NIOSSLContext? = nil,
        _ body: (ScriptedServer) async throws -> Value
    ) async throws -> Value {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(ScriptHandler(script))
                }
            }
        let channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        let result = await Result.of { try await body(ScriptedServer(channel: channel)) }
        try? await channel.close()
        return try result.get()
    }
}

private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let script: ServerScript
    private var received = ""

    init(_ script: ServerScript) {
        self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += String(buffer: unwrapInboundIn(data))
        guard received.contains("\r\n\r\n") else { return }
        received = ""
        switch script {
        case .send(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        case .sendBytes(let head, let body):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: Array(head.utf8) + body)), promise: nil)
        case .sendAndClose(let text):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            context.close(promise: nil)
        case .reset:
            // With a linger time of 0 closing sends RST.
            let option = linger(l_onoff: 1, l_linger: 0)
            _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(option)
            context.close(promise: nil)
        case .silence: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

extension Result where Failure == any Error {
    /// What `body` gave or threw, for cleaning up before it is passed on.
    static func of(_ body: () async throws -> Success) async -> Self {
        do {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }
}
