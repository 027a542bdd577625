@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import Testing

/// Every row of the data plane's status table: made by the simulator, carried over the wire, and explained by the form.
@Suite struct ScoringStatusTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var status: Int
        var body = #"{"data": [[1, 2]]}"#
        var modelStatus: Int?
        var credential = ScoringCredential.primary
        var pinned: String?
        var path: String?
        var endpoint = "my-endpoint"
        var cause: TextKey

        var testDescription: String { "\(status) \(modelStatus.map { "model \($0)" } ?? "") \(cause) \(endpoint)" }
    }

    private static func steering(_ members: String) -> String {
        #"{"data": [[1, 2]], "simulate": {\#(members)}}"#
    }

    static let rows: [Row] = [
        Row(status: 200, cause: .meaningOk),
        Row(status: 401, credential: .none, cause: .meaningNoCredential),
        Row(status: 404, pinned: "nobody", cause: .meaningUnknownPin),
        Row(status: 404, path: "/my-endpoint/nowhere", cause: .meaningUnknownPath),
        Row(status: 404, endpoint: "vision-batch", cause: .meaningNoTraffic),
        Row(status: 408, body: steering(#""delay_ms": 3000000"#), cause: .meaningTooSlow),
        Row(status: 413, body: String(repeating: " ", count: 2 << 20) + "{}", cause: .meaningTooLarge),
        Row(status: 424, body: #"{"rows": []}"#, modelStatus: 400, cause: .meaningModelBadInput),
        Row(status: 424, body: steering(#""status": 404"#), modelStatus: 404, cause: .meaningModelRoute),
        Row(status: 424, body: steering(#""status": 415"#), modelStatus: 415, cause: .meaningModelContentType),
        Row(status: 424, body: steering(#""raise": "ValueError: x""#), modelStatus: 500, cause: .meaningModelRaised),
        Row(status: 429, body: steering(#""front_door": 429"#), cause: .meaningTooMany),
        Row(status: 500, body: steering(#""front_door": 500"#), cause: .meaningPlatform),
        Row(status: 200, endpoint: "edge-k8s", cause: .meaningOk),
        Row(status: 409, body: steering(#""front_door": 409"#), endpoint: "edge-k8s", cause: .meaningClusterBusy),
        Row(status: 502, body: steering(#""front_door": 502"#), endpoint: "edge-k8s", cause: .meaningClusterCrashed),
        Row(status: 503, body: steering(#""front_door": 503"#), endpoint: "edge-k8s", cause: .meaningClusterSpike),
        Row(status: 504, body: steering(#""front_door": 504"#), endpoint: "edge-k8s", cause: .meaningClusterTimeout),
    ]

    @Test(arguments: rows)
    func aStatusIsMadeCarriedAndExplained(_ row: Row) async throws {
        try await SimulatedAzure.withClient { azure, client in
            let endpoint = try await client.onlineEndpoint(row.endpoint)
            let uri = try #require(endpoint.scoringURI.flatMap(HTTPURL.init))
            let request = ScoringRequest(
                uri: uri.origin + (row.path ?? uri.path),
                body: Array(row.body.utf8),
                deployment: row.pinned,
                allowsPlainHTTP: true
            )
            let answer = try await client.score(request, of: row.endpoint, with: row.credential)
            #expect(answer.status == row.status && answer.modelStatus == row.modelStatus)
            let sent = SentPayload(
                endpoint: row.endpoint,
                authMode: endpoint.authMode,
                isKubernetes: endpoint.kind == "Kubernetes" || endpoint.computeID != nil,
                pinnedDeployment: row.pinned,
                knownDeployments: ["blue"],
                traffic: endpoint.traffic,
                credential: row.credential,
                sentAt: Date(timeIntervalSince1970: 0),
                uri: request.uri,
                byteCount: request.body.count,
                clientTimeout: request.timeout,
                requestTimeout: .seconds(5),
                concurrencyLimit: 2
            )
            let explanation = ScoringExplanation(answer: answer, sent: sent)
            #expect(explanation.sentences.first { $0.role == .cause }?.key == row.cause)
            #expect(row.status == 200 || !explanation.steps.isEmpty)
        }
    }
}
