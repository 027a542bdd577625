import AzureCore
import HTTPTypes
import NIOSSL
import Synchronization
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Sends requests that are measured, by a clock that moves on by a millisecond whenever it is looked at.
final class MeasuringClient: Sendable {
    private let clock = Mutex(Duration.zero)

    func send(
        to text: String,
        fields: HTTPFields = [:],
        body: [UInt8]? = Array("{}".utf8),
        bodyLimit: Int? = nil,
        keeper: ConnectionKeeper? = nil,
        trusting: Bool = true,
        progress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws -> AzureResponse {
        let transport = try HTTPClientTransport(trustFile: trusting ? try AuthorityFile.path.get() : nil)
        let result = await Result.of {
            try await send(
                to: text,
                over: transport,
                fields: fields,
                body: body,
                bodyLimit: bodyLimit,
                keeper: keeper,
                progress: progress
            )
        }
        await transport.shutdown()
        return try result.get()
    }

    /// The same with a transport of the caller's.
    func send(
        to text: String,
        over transport: HTTPClientTransport,
        fields: HTTPFields = [:],
        body: [UInt8]? = Array("{}".utf8),
        bodyLimit: Int? = nil,
        keeper: ConnectionKeeper? = nil,
        progress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws -> AzureResponse {
        var request = AzureRequest(
            OperationName("test"),
            method: .post,
            url: try address(text),
            headerFields: fields,
            body: body,
            timeout: .seconds(60),
            bodyLimit: bodyLimit
        )
        request.measurement = TransferMeasurement(uptime: uptime, keeper: keeper, progress: progress)
        return try await transport.send(request)
    }

    private var uptime: @Sendable () -> Duration {
        {
            self.clock.withLock { clock in
                clock += .milliseconds(1)
                return clock
            }
        }
    }
}

/// What was told of an exchange.
final class Events: Sendable {
    private let events = Mutex<[TransferProgress]>([])

    var all: [TransferProgress] { events.withLock { $0 } }

    func note(_ event: TransferProgress) {
        events.withLock { $0.append(event) }
    }
}

/// What a server heard.
final class Texts: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock { $0 } }

    func add(_ text: String) {
        texts.withLock { $0.append(text) }
    }
}

enum TestTLS {
    /// A server with a certificate, by default one for `localhost` that the test authority signed.
    static func server(_ certificate: String = TestCertificates.localhost) throws -> NIOSSLContext {
        try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(TestCertificates.key.utf8), format: .pem))
            )
        )
    }
}

/// The test authority's certificate in a file, for all tests of the process.
enum AuthorityFile {
    static let path = Result<String, any Error> {
        let path =
            FileManager.default.temporaryDirectory.path
            + "/amltop-authority-\(ProcessInfo.processInfo.processIdentifier).pem"
        try TestCertificates.authority.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}
