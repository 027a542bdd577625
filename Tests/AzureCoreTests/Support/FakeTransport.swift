import AzureCore
import HTTPTypes
import Synchronization

/// A transport that answers from a closure and remembers what was sent.
final class FakeTransport: HTTPTransport {
    private let sentRequests = Mutex<[AzureRequest]>([])
    private let answer: @Sendable (AzureRequest, Int) async throws -> AzureResponse

    /// The closure gets the request and how many were sent before it.
    init(_ answer: @escaping @Sendable (AzureRequest, Int) async throws -> AzureResponse) {
        self.answer = answer
    }

    /// Answers with these one after the other; the last one stays.
    convenience init(_ answers: [AzureResponse]) {
        self.init { _, index in answers[min(index, answers.count - 1)] }
    }

    var sent: [AzureRequest] { sentRequests.withLock { $0 } }

    func send(_ request: AzureRequest) async throws -> AzureResponse {
        let index = sentRequests.withLock { sent in
            sent.append(request)
            return sent.count - 1
        }
        return try await answer(request, index)
    }
}

extension AzureResponse {
    init(_ status: Int = 200, _ body: String = "{}", _ headerFields: HTTPFields = [:]) {
        self.init(status: status, headerFields: headerFields, body: Array(body.utf8))
    }
}

extension AzureRequest {
    /// A read of Resource Manager in the public cloud.
    static func read(_ path: String = "/subscriptions/s", repeatable: Bool? = nil) throws -> AzureRequest {
        AzureRequest(
            OperationName("test.read"),
            url: try address("https://management.azure.com\(path)"),
            audience: .resourceManager,
            isRepeatable: repeatable
        )
    }
}

func address(_ text: String) throws -> HTTPURL {
    guard let url = HTTPURL(text) else { throw AzureError(.configuration(.invalidURL(name: "test", value: text))) }
    return url
}
