import AzureCore
import AzureML
import HTTPTypes
import JSONValue
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A client whose every request is answered by a closure, and what it sent.
struct CannedAzure {
    static let now = Date(timeIntervalSince1970: 1_746_109_986)
    static let address = WorkspaceAddress(subscriptionID: "s", resourceGroup: "rg", name: "ws")

    let client: MachineLearningClient
    private let transport: Transport

    var sent: [AzureRequest] { transport.sent.withLock { $0 } }

    init(_ answer: @escaping @Sendable (AzureRequest, Int) -> (status: Int, body: String)) {
        self.init(responding: { request, index in
            let (status, body) = answer(request, index)
            return AzureResponse(status: status, body: Array(body.utf8))
        })
    }

    /// Answers with headers, or with none: the closure may throw.
    init(
        allowance: RequestAllowance = .everything,
        retry: RetrySettings = .never,
        responding answer: @escaping @Sendable (AzureRequest, Int) throws -> AzureResponse
    ) {
        transport = Transport(answer: answer)
        let slept = Slept()
        let time = TimeSource(
            now: { Self.now },
            uptime: { .seconds(Self.now.timeIntervalSinceReferenceDate) + slept.total.withLock { $0 } },
            sleep: { duration in
                if duration > .seconds(5) { try await Task.sleep(for: .seconds(86_400)) }
                // Who waits for a turn must see time go on, or would wait for ever.
                slept.total.withLock { $0 += duration }
            }
        )
        let connection = AzureConnection(
            cloud: .azureCloud,
            credential: Credential(),
            transport: transport,
            settings: PipelineSettings(retry: retry, time: time, allowance: allowance)
        )
        client = MachineLearningClient(workspace: Self.address, connection: connection)
    }

    init(_ body: String, status: Int = 200) {
        self.init { _, _ in (status, body) }
    }

    /// How long was waited in all, without waiting.
    private final class Slept: Sendable {
        let total = Mutex(Duration.zero)
    }

    private final class Transport: HTTPTransport {
        let sent = Mutex<[AzureRequest]>([])
        let answer: @Sendable (AzureRequest, Int) throws -> AzureResponse

        init(answer: @escaping @Sendable (AzureRequest, Int) throws -> AzureResponse) {
            self.answer = answer
        }

        func send(_ request: AzureRequest) async throws -> AzureResponse {
            let index = sent.withLock { sent in
                sent.append(request)
                return sent.count - 1
            }
            return try answer(request, index)
        }
    }

    private struct Credential: TokenCredential {
        let name = "Canned"

        func token(
            for request: TokenRequest,
            pipeline: Pipeline,
            now: @escaping @Sendable () -> Date
        ) async throws -> AccessToken {
            AccessToken(secret: Secret("token for \(request.resource)"))
        }
    }
}
