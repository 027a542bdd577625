import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

@testable import AzureSimulator

/// One connection whose answers come part by part, trailers and all.
struct RawConnection {
    private let channel: any Channel
    private var parts: AsyncThrowingStream<HTTPClientResponsePart, any Error>.AsyncIterator

    /// Connects to where a URL points.
    init(to url: String, harness: Harness) async throws {
        let authority = url.split(separator: "/")[1].split(separator: ":")
        let port = Int(authority.last ?? "") ?? 0
        let context = try url.hasPrefix("https:") ? harness.tlsContext() : nil
        let (stream, continuation) = AsyncThrowingStream<HTTPClientResponsePart, any Error>.makeStream()
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let context {
                        try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                    }
                    try pipeline.addHandler(HTTPRequestEncoder())
                    let decoder = HTTPResponseDecoder(informationalResponseStrategy: .forward)
                    try pipeline.addHandler(ByteToMessageHandler(decoder))
                    try pipeline.addHandler(Collector(continuation))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        parts = stream.makeAsyncIterator()
    }

    func send(
        _ url: String,
        credential: String,
        headers: [(String, String)] = [],
        body: String
    ) async throws {
        let path = "/" + url.split(separator: "/").dropFirst(2).joined(separator: "/")
        var fields = HTTPHeaders([
            ("Host", "localhost"), ("Authorization", "Bearer \(credential)"),
            ("Content-Length", String(body.utf8.count)), ("Content-Type", "application/json"),
        ])
        fields.add(contentsOf: headers)
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: path, headers: fields)
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(string: body))), promise: nil)
        try await channel.writeAndFlush(HTTPClientRequestPart.end(nil))
    }

    /// The next part of the answer; `nil` when the connection has ended.
    mutating func next() async throws -> HTTPClientResponsePart? {
        try await parts.next(isolation: #isolation)
    }

    mutating func head() async throws -> HTTPResponseHead {
        let next = try await next()
        guard case .head(let head)? = next else { throw Unexpected(part: next) }
        return head
    }

    /// The next bytes of a body.
    mutating func part() async throws -> [UInt8] {
        let next = try await next()
        guard case .body(let buffer)? = next else { throw Unexpected(part: next) }
        return Array(buffer.readableBytesView)
    }

    struct Unexpected: Error {
        let part: HTTPClientResponsePart?
    }

    /// An answer to its end.
    struct Whole {
        var head: HTTPResponseHead?
        var body: [UInt8] = []
        var trailers: HTTPHeaders?
        var isWhole = false
    }

    mutating func whole() async throws -> Whole {
        var answer = Whole()
        do {
            while let part = try await next() {
                switch part {
                case .head(let head): answer.head = head
                case .body(let buffer): answer.body += buffer.readableBytesView
                case .end(let trailers):
                    (answer.trailers, answer.isWhole) = (trailers, true)
                    return answer
                }
            }
        } catch is HTTPParserError {
            // What breaks off is no whole answer, and that is said.
        }
        return answer
    }

    func close() async {
        try? await channel.close()
    }

    /// Ends the connection below TLS, as a program that is killed does.
    func drop() async throws {
        let channel = channel
        try await channel.eventLoop.flatSubmit {
            channel.pipeline.context(handlerType: NIOSSLClientHandler.self).flatMap { context in
                let closed = channel.eventLoop.makePromise(of: Void.self)
                context.close(promise: closed)
                return closed.futureResult
            }
        }.get()
    }

    private final class Collector: ChannelInboundHandler, Sendable {
        typealias InboundIn = HTTPClientResponsePart

        private let continuation: AsyncThrowingStream<HTTPClientResponsePart, any Error>.Continuation

        init(_ continuation: AsyncThrowingStream<HTTPClientResponsePart, any Error>.Continuation) {
            self.continuation = continuation
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            continuation.yield(unwrapInboundIn(data))
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            continuation.finish(throwing: error)
            context.close(promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            continuation.finish()
        }
    }
}

extension Harness {
    /// Trusts the simulator and nobody else.
    func tlsContext() throws -> NIOSSLContext {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(environment["SSL_CERT_FILE"] ?? ""))
        return try NIOSSLContext(configuration: tls)
    }
}
