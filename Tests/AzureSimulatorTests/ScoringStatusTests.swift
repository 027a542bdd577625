import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

/// Every way a scoring request can end, by what a client sends.
@Suite struct ScoringStatusTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var endpoint = "my-endpoint"
        var method = HTTPMethod.POST
        /// In place of `/score`.
        var path = "/score"
        /// In place of `Bearer` and a good credential.
        var authorization: String?
        var isAnonymous = false
        var headers: [(String, String)] = []
        var body = #"{"data":[[1,2],[3,4]]}"#
        var status: Int
        /// The whole body of a text, the `message` of a JSON object.
        var text: String?
        var model: Int?
        var reason: String?
        var runFailed: String?

        var testDescription: String { name }
    }

    private static let raised = "An unexpected error occurred in scoring script. Check the logs for more info."

    static let managed: [Case] = [
        Case(name: "200", status: 200, runFailed: "False"),
        Case(name: "401 wrong key", authorization: "Bearer nonsense", status: 401, text: "key_auth_access_denied"),
        Case(name: "401 no header", isAnonymous: true, status: 401, text: "key_auth_bad_header_forbidden"),
        Case(name: "401 other scheme", authorization: "Basic eDp5", status: 401, text: "key_auth_bad_header_forbidden"),
        Case(name: "401 three words", authorization: "Bearer a b", status: 401, text: "key_auth_bad_header_forbidden"),
        Case(
            name: "401 wrong Azure ML token",
            endpoint: "pricing-kr",
            authorization: "Bearer nonsense",
            status: 401,
            text: "token_auth_access_denied"
        ),
        Case(
            name: "401 wrong Microsoft Entra token",
            endpoint: "fraud-scoring",
            authorization: "Bearer nonsense",
            status: 401,
            text: "aad_token_auth_access_denied"
        ),
        Case(name: "404 no traffic", endpoint: "vision-batch", status: 404, text: "No deployment to route to"),
        Case(
            name: "404 unknown pin",
            headers: [("azureml-model-deployment", "purple")],
            status: 404,
            text: "No deployment to route to"
        ),
        Case(name: "404 unknown path", path: "/elsewhere", status: 404, text: "Not Found"),
        Case(
            name: "408",
            body: #"{"data":[[1]],"simulate":{"delay_ms":5001}}"#,
            status: 408,
            text: "upstream request timeout"
        ),
        Case(name: "just in time", body: #"{"data":[[1]],"simulate":{"delay_ms":5000}}"#, status: 200),
        Case(
            name: "413",
            body: #"{"data":[["# + String(repeating: "1,", count: 800_000) + "1]]}",
            status: 413,
            text: "Payload Too Large"
        ),
        Case(
            name: "424 bad input",
            body: #"{"rows":[[1]]}"#,
            status: 424,
            text: #"The body has none of the expected members; expected: {"data": [[1.0, 2.0], …]}."#,
            model: 400,
            reason: "model_error",
            runFailed: "False"
        ),
        Case(
            name: "424 bad input on demand",
            body: #"{"data":[[1]],"simulate":{"status":400,"message":"no column x"}}"#,
            status: 424,
            text: "no column x",
            model: 400,
            reason: "model_error",
            runFailed: "False"
        ),
        Case(
            name: "424 unknown route",
            path: "/v1/chat/completions",
            status: 424,
            text: "The requested URL /v1/chat/completions was not found on the server.",
            model: 404,
            reason: "model_error"
        ),
        Case(
            name: "424 method",
            method: .PUT,
            status: 424,
            text: "Method not allowed",
            model: 405,
            reason: "model_error"
        ),
        Case(
            name: "424 media type",
            headers: [("Content-Type", "text/plain; charset=utf-8")],
            status: 424,
            text: "Unsupported media type 'text/plain'; expected 'application/json'.",
            model: 415,
            reason: "model_error"
        ),
        Case(
            name: "424 long id",
            headers: [("x-ms-request-id", String(repeating: "a", count: 101))],
            status: 424,
            text: "x-ms-request-id must not exceed 100 characters",
            model: 431,
            reason: "model_error"
        ),
        Case(
            name: "424 not JSON",
            body: "no json",
            status: 424,
            text: raised,
            model: 500,
            reason: "model_error",
            runFailed: "True"
        ),
        Case(
            name: "424 not numbers",
            body: #"{"data":[["N/A"]]}"#,
            status: 424,
            text: raised,
            model: 500,
            reason: "model_error",
            runFailed: "True"
        ),
        Case(
            name: "424 raised",
            body: #"{"data":[[1]],"simulate":{"raise":"ValueError: no such column"}}"#,
            status: 424,
            text: raised,
            model: 500,
            reason: "model_error",
            runFailed: "True"
        ),
        Case(
            name: "424 timeout of the server's own",
            body: #"{"data":[[1]],"simulate":{"status":500,"message":"Scoring timeout after 5000 ms"}}"#,
            status: 424,
            text: "Scoring timeout after 5000 ms",
            model: 500,
            reason: "model_error",
            runFailed: "True"
        ),
        Case(
            name: "424 not ready",
            endpoint: "llm-gateway",
            headers: [("azureml-model-deployment", "canary")],
            status: 424,
            text: "no healthy upstream",
            model: 503,
            reason: "model_not_ready"
        ),
        Case(
            name: "429 on demand",
            body: #"{"data":[[1]],"simulate":{"front_door":429}}"#,
            status: 429,
            text: "",
            reason: "too_many_pending_request"
        ),
        Case(
            name: "500",
            body: #"{"data":[[1]],"simulate":{"front_door":500}}"#,
            status: 500,
            text: "Internal Server Error"
        ),
        Case(
            name: "404 no such endpoint",
            endpoint: "my-endpoint",
            path: "/../nobody/score",
            status: 404,
            text: "Not Found"
        ),
    ]

    static let kubernetes: [Case] = [
        Case(name: "200", endpoint: "edge-k8s", status: 200, runFailed: "False"),
        Case(
            name: "401",
            endpoint: "edge-k8s",
            authorization: "Bearer nonsense",
            status: 401,
            text: "key_auth_access_denied"
        ),
        Case(
            name: "409",
            endpoint: "edge-k8s",
            body: #"{"data":[[1]],"simulate":{"front_door":409}}"#,
            status: 409,
            text: "Operation in progress"
        ),
        Case(
            name: "424 bad input",
            endpoint: "edge-k8s",
            body: #"{"data":[[1]],"simulate":{"status":400}}"#,
            status: 424,
            text: "Bad input: the model cannot read the request.",
            model: 400,
            reason: "model_error"
        ),
        Case(
            name: "502 the script threw",
            endpoint: "edge-k8s",
            body: #"{"data":[[1]],"simulate":{"raise":"KeyError"}}"#,
            status: 502,
            text: "Bad Gateway"
        ),
        Case(name: "502 not JSON", endpoint: "edge-k8s", body: "no json", status: 502, text: "Bad Gateway"),
        Case(
            name: "503",
            endpoint: "edge-k8s",
            body: #"{"data":[[1]],"simulate":{"front_door":503}}"#,
            status: 503,
            text: "Service Unavailable"
        ),
        Case(
            name: "504",
            endpoint: "edge-k8s",
            body: #"{"data":[[1]],"simulate":{"delay_ms":5001}}"#,
            status: 504,
            text: "Gateway Timeout"
        ),
    ]

    @Test(arguments: managed + kubernetes)
    func everyStatusHasItsCause(_ row: Case) async throws {
        try await Harness.run { harness in
            let (uri, credential) = try await harness.door(row.endpoint)
            var headers = row.headers
            if !row.isAnonymous { headers.append(("Authorization", row.authorization ?? "Bearer \(credential)")) }
            let base = String(uri.dropLast("/score".count))
            let path = row.path.replacing("/..", with: "")
            let url =
                path == row.path
                ? base + path
                : base.split(separator: "/").dropLast().joined(separator: "/")
                    .replacing("https:/", with: "https://") + path
            let answer = try await harness.send(row.method, url, headers: headers, body: row.body)
            #expect(answer.status == row.status)
            if let text = row.text {
                let told = answer.json["message"].string ?? answer.text
                #expect(told == text)
            }
            #expect(answer[header: "ms-azureml-model-error-statuscode"] == row.model.map { String($0) })
            #expect(answer[header: "ms-azureml-model-error-reason"] == row.reason)
            if let runFailed = row.runFailed { #expect(answer[header: "x-ms-run-function-failed"] == runFailed) }
            let isPlain = row.status != 200 && row.status != 424
            if isPlain { #expect(answer[header: "Content-Type"]?.hasPrefix("text/plain") == true) }
            #expect(
                answer[header: "server"] == (row.endpoint == "edge-k8s" ? "azureml-fe" : "azureml-frontdoor")
            )
            #expect(GUID.isValid(answer[header: "x-request-id"] ?? ""))
        }
    }

    @Test(arguments: ["pricing-kr", "fraud-scoring"])
    func aLapsedTokenIsRefused(endpoint: String) async throws {
        try await Harness.run { harness in
            let (uri, token) = try await harness.door(endpoint)
            harness.clock.advance(seconds: 7_201)
            #expect(try await harness.score(uri, token).status == 401)
        }
    }

    @Test func aTokenOfAnotherTenantIsForbidden() async throws {
        try await Harness.run { harness in
            let (uri, _) = try await harness.door("fraud-scoring")
            let token = try await harness.token("https://ml.azure.com", tenant: harness.simulator.guestTenantID)
            let answer = try await harness.score(uri, token)
            #expect(answer.status == 403)
            #expect(answer.text == "Tenant mismatch: Token tenant does not match resource tenant")
        }
    }

    @Test func whereThePublicIsShutOutNobodyScores() async throws {
        try await Harness.run { harness in
            let (uri, _) = try await harness.door("my-endpoint")
            let token = try await harness.token("https://ml.azure.com")
            let closed = uri.replacing("my-endpoint", with: "rank-experiment")
            let answer = try await harness.score(closed, token)
            #expect(answer.status == 403)
            #expect(answer.text == "Public network access is disabled for this endpoint")
        }
    }

    @Test func theEndpointsOfAnotherSubscriptionScoreToo() async throws {
        try await Harness.run { harness in
            let world = try #require(harness.simulator.services?.world.neighbours.first)
            let path =
                "/subscriptions/\(world.subscriptionID)/resourceGroups/rg-lab/providers/"
                + "Microsoft.MachineLearningServices/workspaces/ws-lab-krc/onlineEndpoints/ocr-trial"
            let token = try await harness.token()
            let uri = try await harness.manage(path, token: token).json["properties"]["scoringUri"].string ?? ""
            let keys = try await harness.manage(path + "/listKeys", token: token, method: .POST).json
            #expect(try await harness.score(uri, keys["primaryKey"].string).status == 200)
        }
    }
}
