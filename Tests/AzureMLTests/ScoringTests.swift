import AzureCore
import AzureML
import HTTPTypes
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct ScoringTests {
    private static let uri = "https://e.koreacentral.inference.ml.azure.com/score"

    private func name(_ text: String) throws -> HTTPField.Name { try #require(HTTPField.Name(text)) }

    /// A token with that audience and no signature worth the name.
    private static func token(for audience: String) -> Secret {
        let parts = [#"{"alg":"none"}"#, #"{"aud":"\#(audience)"}"#].map {
            Data($0.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
                "=",
                with: ""
            )
        }
        return Secret(parts.joined(separator: ".") + ".x")
    }

    private func refusal(
        _ request: ScoringRequest,
        _ credential: EndpointCredential,
        allowance: RequestAllowance = .everything
    ) async throws -> AzureError? {
        let azure = CannedAzure(allowance: allowance, responding: { _, _ in AzureResponse(status: 200) })
        let error = await #expect(throws: AzureError.self) {
            try await azure.client.score(request, credential: credential)
        }
        #expect(azure.sent.isEmpty)
        #expect(error?.operation == .scoring)
        return error
    }

    @Test func aPayloadGoesOutAsItIs() async throws {
        let azure = CannedAzure(responding: { _, _ in AzureResponse(status: 200) })
        let request = ScoringRequest(
            uri: Self.uri,
            body: Array("1,2".utf8),
            contentType: "text/csv",
            headerFields: [.authorization: "Basic x", .contentType: "a/b", .acceptLanguage: "ko"],
            deployment: "green",
            timeout: .seconds(7),
            bodyLimit: 100
        )
        _ = try await azure.client.score(request, credential: .key(Secret("k")))
        let sent = try #require(azure.sent.first)
        #expect(sent.url.description == Self.uri && sent.method == .post && sent.body == Array("1,2".utf8))
        #expect(sent.headerFields[values: .authorization] == ["Bearer k"])
        #expect(sent.headerFields[values: .contentType] == ["text/csv"] && sent.headerFields[.acceptLanguage] == "ko")
        #expect(sent.headerFields[try name("azureml-model-deployment")] == "green")
        #expect(sent.audience == nil && sent.timeout == .seconds(7) && sent.bodyLimit == 100)
    }

    @Test func theAnswerIsReadWithWhatItsHeadersSay() async throws {
        let fields: HTTPFields = [
            try name("ms-azureml-model-error-statuscode"): "500",
            try name("ms-azureml-model-error-reason"): "model_error",
            try name("azureml-model-deployment"): "blue", try name("x-request-id"): "r-1",
        ]
        let azure = CannedAzure(responding: { _, _ in
            AzureResponse(status: 424, headerFields: fields, body: Array("boom".utf8), isBodyCut: true)
        })
        let answer = try await azure.client.score(
            ScoringRequest(uri: Self.uri, body: []),
            credential: .amlToken(Secret("t"))
        )
        #expect(answer.status == 424 && answer.modelStatus == 500 && answer.reason == "model_error")
        #expect(answer.deployment == "blue" && answer.requestID == "r-1" && answer.body == Array("boom".utf8))
        #expect(answer.isBodyCut && answer.acceptsCredential)
        #expect(answer.clientRequestID == azure.sent.first?.headerFields[try name("x-ms-client-request-id")])
    }

    @Test(arguments: [401, 403, 307, 429, 500])
    func aRefusalIsAnAnswerAndNothingIsSentTwice(_ status: Int) async throws {
        let azure = CannedAzure(responding: { _, _ in
            AzureResponse(status: status, headerFields: [.location: "https://evil.example/"])
        })
        let answer = try await azure.client.score(
            ScoringRequest(uri: Self.uri, body: []),
            credential: .key(Secret("k"))
        )
        #expect(answer.status == status && azure.sent.count == 1)
        #expect(answer.acceptsCredential == (status != 401 && status != 403))
    }

    @Test(arguments: [
        "https://management.azure.com", "https://management.core.windows.net/", "https://api.loganalytics.io",
    ])
    func aTokenOfTheControlPlaneIsRefusedAsWhateverItIsGiven(_ audience: String) async throws {
        let token = Self.token(for: audience)
        for credential in [
            EndpointCredential.key(token), .amlToken(token), .entra(AccessToken(secret: token)),
        ] {
            let error = try await refusal(ScoringRequest(uri: Self.uri, body: []), credential)
            #expect(error?.kind == .wrongAudience(audience))
        }
    }

    @Test func aTokenOfAnotherCloudIsRefused() async throws {
        let token = AccessToken(secret: Self.token(for: "https://ml.azure.cn"))
        let error = try await refusal(ScoringRequest(uri: Self.uri, body: []), .entra(token))
        #expect(error?.kind == .wrongAudience("https://ml.azure.cn"))
    }

    @Test(arguments: ["https://ml.azure.com", "https://ml.azure.com/", "18a66f5f-dbdf-4c17-9dd7-1634712a9cbe"])
    func aTokenOfTheDataPlaneIsSent(_ audience: String) async throws {
        let azure = CannedAzure(responding: { _, _ in AzureResponse(status: 200) })
        let token = AccessToken(secret: Self.token(for: audience))
        _ = try await azure.client.score(ScoringRequest(uri: Self.uri, body: []), credential: .entra(token))
        #expect(azure.sent.count == 1)
    }

    @Test func nothingTravelsUnencryptedUnlessSomebodySaidSo() async throws {
        var request = ScoringRequest(uri: "http://10.0.0.1:8080/api/score", body: [])
        let error = try await refusal(request, .key(Secret("k")))
        #expect(error?.kind == .insecureTransport(host: "10.0.0.1"))
        request.allowsPlainHTTP = true
        let azure = CannedAzure(responding: { _, _ in AzureResponse(status: 200) })
        _ = try await azure.client.score(request, credential: .key(Secret("k")))
        #expect(azure.sent.first?.url.isEncrypted == false)
    }

    @Test(arguments: [
        "https://management.azure.com/score", "https://westus.management.azure.com/score",
        "https://login.microsoftonline.com/score", "https://api.loganalytics.io/score",
    ])
    func noCredentialOfAnEndpointGoesToTheControlPlane(_ uri: String) async throws {
        let error = try await refusal(ScoringRequest(uri: uri, body: []), .key(Secret("k")))
        #expect(error?.kind == .tokenForOtherHost(host: HTTPURL(uri)?.host ?? ""))
    }

    @Test func whatIsNoAddressIsRefused() async throws {
        let error = try await refusal(ScoringRequest(uri: "https://user@host/score", body: []), .key(Secret("k")))
        #expect(error?.kind == .configuration(.invalidURL(name: "scoringUri", value: "https://user@host/score")))
    }

    @Test func aContextThatForbidsScoringRefuses() async throws {
        let error = try await refusal(
            ScoringRequest(uri: Self.uri, body: []),
            .key(Secret("k")),
            allowance: RequestAllowance(allowsScoring: false)
        )
        #expect(error?.kind == .readOnly(method: "POST"))
    }
}
