import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// HTTP over TLS through async-http-client, on one thread of its own, straight or through a proxy.
///
/// No redirects are followed (a token must not follow one), connections that cannot be made fail at once, answers may come
/// compressed, and no answer longer than 64 MiB is read.
public final class HTTPClientTransport: HTTPTransport {
    private static let longestBody = 64 << 20

    /// By the proxy they go through.
    private let clients: [ProxySettings.Proxy: HTTPClient]
    private let straight: HTTPClient
    private let proxies: ProxySettings
    private let group: MultiThreadedEventLoopGroup
    private let measured: MeasuredTransport

    /// - Parameters:
    ///   - trustFile: Certificates (PEM) of authorities to trust beside the system's own, as `SSL_CERT_FILE` names them.
    ///   - proxies: Which hosts are reached through which proxy.
    /// - Throws: `AzureError` of kind `.untrustedCertificate(.unreadableTrustFile)`.
    public init(trustFile: String? = nil, proxies: ProxySettings = .none) throws(AzureError) {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let trustFile, !trustFile.isEmpty {
            guard let certificates = try? NIOSSLCertificate.fromPEMFile(trustFile), !certificates.isEmpty else {
                throw AzureError(.untrustedCertificate(.unreadableTrustFile(path: trustFile)))
            }
            tls.additionalTrustRoots = [.certificates(certificates)]
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10))
        )
        configuration.httpVersion = .automatic
        // By size rather than by ratio: metrics of a quiet endpoint shrink more than a hundredfold.
        configuration.decompression = .enabled(limit: .size(Self.longestBody))
        configuration.connectionPool.retryConnectionEstablishment = false
        self.proxies = proxies
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        measured = MeasuredTransport(group: group, tls: tls)
        straight = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
        var clients: [ProxySettings.Proxy: HTTPClient] = [:]
        for proxy in Set([proxies.encrypted, proxies.plain].compactMap(\.self)) {
            configuration.proxy = .server(
                host: proxy.host,
                port: proxy.port,
                authorization: proxy.credentials.map {
                    $0.withText { .basic(credentials: Data($0.utf8).base64EncodedString()) }
                }
            )
            clients[proxy] = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
        }
        self.clients = clients
    }

    /// A request that wants to be measured gets a connection of its own; through a proxy only the whole is measured.
    public func send(_ request: AzureRequest) async throws -> AzureResponse {
        let proxy = request.bypassesProxy ? nil : proxies.proxy(for: request.url)
        do {
            if let measurement = request.measurement, proxy == nil {
                return try await measured.send(request, measurement)
            }
            return try await sendPooled(request, through: proxy)
        } catch {
            if Task.isCancelled || error is CancellationError { throw CancellationError() }
            let isHandshake = if case .handshakeFailed? = error as? NIOSSLError { true } else { false }
            var error = AzureError(transport: error)
            // A proxy that lets us in and then talks of something else has no server behind it.
            if proxy != nil, isHandshake, case .unreachable = error.kind { error.kind = .unreachable(.refusedByProxy) }
            // Looking more closely goes straight to the server, where a proxy is between us and it that is not wanted.
            if proxy == nil, error.kind == .untrustedCertificate(.unknownAuthority) {
                error.kind = .untrustedCertificate(
                    await CertificateInspection.problem(ofServerAt: request.url, using: group)
                )
            }
            throw error
        }
    }

    private func sendPooled(
        _ request: AzureRequest,
        through proxy: ProxySettings.Proxy?
    ) async throws -> AzureResponse {
        let client = proxy.flatMap { clients[$0] } ?? straight
        let recorder = request.measurement.map { PhaseRecorder(uptime: $0.uptime, isReused: false) }
        // The deadline is a policy's: here it only ends what that policy has given up.
        let head = try await client.execute(HTTPClientRequest(request), deadline: .distantFuture)
        // Of a request that is not encrypted the proxy answers itself.
        if proxy != nil, head.status.code == 407 { throw AzureError(.unreachable(.proxyNeedsSignIn)) }
        let fields = HTTPFields(head.headers)
        request.measurement?.progress(.head(status: Int(head.status.code), fields))
        let (body, isCut) = try await read(head, of: request)
        var response = AzureResponse(
            status: Int(head.status.code),
            headerFields: fields,
            body: body,
            isBodyCut: isCut
        )
        response.timings = recorder.map { TransferTimings(total: $0.elapsed) }
        return response
    }

    private func read(
        _ head: HTTPClientResponse,
        of request: AzureRequest
    ) async throws -> (body: [UInt8], isCut: Bool) {
        var body: [UInt8] = []
        let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        body.reserveCapacity(min(max(length, 0), Self.longestBody))
        for try await part in head.body {
            let limit = request.bodyLimit ?? Self.longestBody
            let taken = part.readableBytesView.prefix(max(0, limit - body.count))
            if let measurement = request.measurement, !taken.isEmpty { measurement.progress(.part(Array(taken))) }
            body.append(contentsOf: taken)
            if taken.count < part.readableBytes {
                guard request.bodyLimit != nil else { throw AzureError(.malformedAnswer(.tooLarge)) }
                return (body, true)
            }
        }
        return (body, false)
    }

    public func shutdown() async {
        // Both can only fail by being shut down already.
        for client in clients.values { try? await client.shutdown() }
        try? await straight.shutdown()
        try? await group.shutdownGracefully()
    }
}

extension HTTPClientRequest {
    fileprivate init(_ request: AzureRequest) {
        self.init(url: request.url.description)
        method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headerFields { headers.add(name: field.name.rawName, value: field.value) }
        headers.replaceOrAdd(name: "Accept-Encoding", value: "gzip")
        if let body = request.body {
            self.body = .bytes(ByteBuffer(bytes: body))
        } else if request.method == .post {
            body = .bytes(ByteBuffer())
        }
    }
}
