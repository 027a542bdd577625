import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// HTTP/1.1 on connections that are opened for one caller, every phase measured.
///
/// Nothing is asked to be compressed, so that what is read is what was sent.
final class MeasuredTransport: Sendable {
    private static let longestBody = 64 << 20

    private let group: MultiThreadedEventLoopGroup
    private let configuration: TLSConfiguration
    /// Made with the first connection that needs it: reading the system's authorities takes a while.
    private let context = Mutex<NIOSSLContext?>(nil)

    init(group: MultiThreadedEventLoopGroup, tls configuration: TLSConfiguration) {
        self.group = group
        var configuration = configuration
        configuration.applicationProtocols = ["http/1.1"]
        self.configuration = configuration
    }

    /// - Throws: What NIO says, `AzureError`, `CancellationError`.
    func send(_ request: AzureRequest, _ measurement: TransferMeasurement) async throws -> AzureResponse {
        let tls = request.url.isEncrypted ? try tlsContext() : nil
        let kept = measurement.keeper?.take(to: request.url.origin)
        let recorder = PhaseRecorder(uptime: measurement.uptime, isReused: kept != nil)
        let connection =
            if let kept { kept } else {
                try await MeasuredConnection.open(
                    to: request.url,
                    tls: tls,
                    on: group.any(),
                    recorder,
                    measurement.progress
                )
            }
        do {
            let outcome = try await connection.exchange(order(request, measurement, connection, recorder))
            if outcome.leavesConnectionUsable, let keeper = measurement.keeper {
                keeper.keep(connection)
            } else {
                connection.close()
            }
            return outcome.response
        } catch {
            connection.close()
            throw error
        }
    }

    private func tlsContext() throws -> NIOSSLContext {
        try context.withLock { context in
            if let context { return context }
            let new = try NIOSSLContext(configuration: configuration)
            context = new
            return new
        }
    }

    private func order(
        _ request: AzureRequest,
        _ measurement: TransferMeasurement,
        _ connection: MeasuredConnection,
        _ recorder: PhaseRecorder
    ) -> MeasuredExchange.Order {
        MeasuredExchange.Order(
            head: HTTPRequestHead(measured: request),
            body: ByteBuffer(bytes: request.body ?? []),
            bodyLimit: request.bodyLimit ?? Self.longestBody,
            isCuttable: request.bodyLimit != nil,
            recorder: recorder,
            progress: measurement.progress,
            promise: connection.channel.eventLoop.makePromise()
        )
    }
}

extension HTTPRequestHead {
    /// What frames the message belongs to the connection, whatever the caller's fields say.
    private static let framing: Set<HTTPField.Name> = [
        .contentLength, .transferEncoding, .connection, .upgrade, .expect, .te, .trailer, .known("host"),
        .known("keep-alive"),
    ]

    fileprivate init(measured request: AzureRequest) {
        let url = request.url
        var headers = HTTPHeaders([("Host", url.host + (url.port.map { ":\($0)" } ?? ""))])
        for field in request.headerFields where !Self.framing.contains(field.name) {
            headers.add(name: field.name.rawName, value: field.value)
        }
        if request.body != nil || request.method == .post {
            headers.add(name: "Content-Length", value: String(request.body?.count ?? 0))
        }
        self.init(
            version: .http1_1,
            method: HTTPMethod(rawValue: request.method.rawValue),
            uri: url.path + (url.query.map { "?\($0)" } ?? ""),
            headers: headers
        )
    }
}
