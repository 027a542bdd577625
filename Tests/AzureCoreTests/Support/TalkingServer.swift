import NIOCore
import NIOPosix
import NIOSSL

/// A server on the loopback interface that holds each conversation as a closure says.
struct TalkingServer: Sendable {
    let port: Int
    let isEncrypted: Bool

    var url: String { (isEncrypted ? "https://localhost:" : "http://127.0.0.1:") + String(port) + "/score" }

    /// One connection, seen by the server.
    struct Conversation: ~Copyable {
        fileprivate var incoming: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        fileprivate let outgoing: NIOAsyncChannelOutboundWriter<ByteBuffer>
        fileprivate var received = ""

        /// The next request, its head and as much body as it says; nil where the other side has gone.
        mutating func request() async throws -> String? {
            while true {
                if let text = takeRequest() { return text }
                guard let more = try await incoming.next(isolation: #isolation) else { return nil }
                received += String(buffer: more)
            }
        }

        private mutating func takeRequest() -> String? {
            guard let end = received.firstRange(of: "\r\n\r\n") else { return nil }
            let name = "content-length: "
            let field = received[..<end.lowerBound].split(separator: "\r\n").first { $0.lowercased().hasPrefix(name) }
            let length = field.flatMap { Int($0.dropFirst(name.count)) } ?? 0
            let body = received[end.upperBound...].utf8
            guard body.count >= length else { return nil }
            let request = String(received[..<body.index(body.startIndex, offsetBy: length)])
            received = String(received.dropFirst(request.count))
            return request
        }

        /// Whatever comes next; nil where the other side has gone.
        mutating func bytes() async throws -> String? {
            try await incoming.next(isolation: #isolation).map { String(buffer: $0) }
        }

        func say(_ text: String) async throws {
            try await outgoing.write(ByteBuffer(string: text))
        }

        /// A complete answer.
        func answer(_ body: String, status: String = "200 OK") async throws {
            try await say("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        }
    }

    /// Runs `body` beside a server that has started, and stops it behind that; a conversation's connection is closed when
    /// its closure ends.
    static func with<Value: Sendable>(
        tls: NIOSSLContext? = nil,
        _ talk: @escaping @Sendable (inout Conversation) async throws -> Void,
        _ body: @Sendable (TalkingServer) async throws -> Value
    ) async throws -> Value {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            let port = server.channel.localAddress?.port ?? 0
            group.addTask { await serve(server, talk) }
            let result = await Result.of {
                try await body(TalkingServer(port: port, isEncrypted: tls != nil))
            }
            group.cancelAll()
            try? await server.channel.close()
            return try result.get()
        }
    }

    private static func serve(
        _ server: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>,
        _ talk: @escaping @Sendable (inout Conversation) async throws -> Void
    ) async {
        // What goes wrong with a connection is what the tests provoke.
        try? await server.executeThenClose { connections in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for try await connection in connections {
                    group.addTask {
                        try? await connection.executeThenClose { incoming, outgoing in
                            var conversation = Conversation(
                                incoming: incoming.makeAsyncIterator(),
                                outgoing: outgoing
                            )
                            try await talk(&conversation)
                        }
                    }
                }
            }
        }
    }
}
