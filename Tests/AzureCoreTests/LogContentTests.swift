import AzureCore
import HTTPTypes
import Logging
import Testing

@Suite struct LogContentTests {
    private func log(
        of request: AzureRequest,
        answered answer: AzureResponse,
        level: Logger.Level = .debug
    ) async throws -> String {
        let log = LogRecorder()
        var logger = Logger(label: "test") { _ in log.handler }
        logger.logLevel = level
        let connection = AzureConnection(
            cloud: .azureCloud,
            credential: FakeCredential { _, _ in AccessToken(secret: Secret("canary-token")) },
            transport: FakeTransport([answer]),
            settings: PipelineSettings(retry: .never, time: ManualTime().source, logger: logger)
        )
        _ = try? await connection.send(request)
        return log.text
    }

    private func request(
        _ url: String,
        method: HTTPRequest.Method = .get,
        body: String? = nil
    ) throws -> AzureRequest {
        AzureRequest(
            OperationName("test"),
            method: method,
            url: try address(url),
            headerFields: [.testField("x-secret"): "canary-header"],
            body: body.map { Array($0.utf8) },
            audience: .resourceManager
        )
    }

    @Test func addressesKeepTheValuesThatAreKnownToBeHarmless() async throws {
        let url =
            "https://management.azure.com/a/b?api-version=2024-10-01&sig=canary-sas&$skipToken=canary-next&canary-odd!"
        let text = try await log(of: request(url), answered: AzureResponse())
        #expect(text.contains("https://management.azure.com/a/b?api-version=2024-10-01&sig=…&"))
        #expect(text.contains("x-ms-client-request-id") || text.contains("client-request-id"))
        #expect(!text.contains("canary"))
    }

    @Test func bodiesKeepTheFieldsOfTheList() async throws {
        let answer = AzureResponse(
            200,
            #"""
            {"value":[{"name":"churn","tags":{"password":"canary-tag"},"properties":{"authMode":"Key","primaryKey":"canary-key",
            "provisioningState":"Succeeded","scoringUri":"https://x/?canary"}},"canary-bare"],"accessToken":"canary-body",
            "nextLink":"https://x?canary","properties":"canary-text"}
            """#
        )
        let body = #"{"query":"AmlOnlineEndpointTrafficLog | take 1","client_secret":"canary-sent"}"#
        let text = try await log(
            of: request("https://management.azure.com/x", method: .post, body: body),
            answered: answer
        )
        #expect(text.contains("churn") && text.contains("Succeeded"))
        #expect(text.contains("AmlOnlineEndpointTrafficLog | take 1"))
        #expect(!text.contains("canary"))
    }

    @Test func formsAndTextsAreNotWritten() async throws {
        for body in ["client_secret=canary&name=canary", "canary", "\"canary\"", "{\"name\":\"canary", "[\"canary\"]"] {
            let text = try await log(
                of: request("https://management.azure.com/x", method: .post, body: body),
                answered: AzureResponse(400, body)
            )
            #expect(text.contains("bytes") && !text.contains("canary"), "\(body)")
        }
    }

    @Test func withoutDebugOnlyWhatFailedIsWritten() async throws {
        let fine = try await log(of: request("https://management.azure.com/x"), answered: AzureResponse(), level: .info)
        #expect(fine.isEmpty)
        let failed = try await log(
            of: request("https://management.azure.com/x"),
            answered: AzureResponse(403, #"{"error":{"code":"AuthorizationFailed","message":"canary"}}"#),
            level: .info
        )
        #expect(failed.contains("403") && failed.contains("AuthorizationFailed") && !failed.contains("canary"))
    }

    @Test func nothingOfAPayloadIsWritten() async throws {
        var payload = try request("https://e.koreacentral.inference.ml.azure.com/score", body: #"{"name":"canary"}"#)
        payload.operation = .scoring
        payload.audience = nil
        let text = try await log(of: payload, answered: AzureResponse(200, #"{"id":"canary","status":"canary"}"#))
        #expect(text.contains("onlineEndpoints.invoke") && !text.contains("canary"))
    }

    @Test func ofAFailureTheKindIsWrittenAndNotItsFacts() async throws {
        let log = LogRecorder()
        let logger = Logger(label: "test") { _ in log.handler }
        let transport = FakeTransport { _, _ in
            throw AzureError(.configuration(.invalidURL(name: "HTTPS_PROXY", value: "http://u:canary@proxy")))
        }
        let settings = PipelineSettings(retry: .never, time: ManualTime().source, logger: logger)
        var request = try request("https://management.azure.com/x")
        request.audience = nil
        _ = try? await Pipeline(transport: transport, settings: settings).send(request)
        #expect(log.text.contains("configuration") && !log.text.contains("canary"))
    }
}
