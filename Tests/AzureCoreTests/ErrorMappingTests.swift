import AzureCore
import HTTPTypes
import Testing

/// Every row of the services' error tables, and the answers that keep to no table.
@Suite struct ErrorMappingTests {
    private static let workspace =
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws"

    private func failure(
        _ status: Int,
        _ body: String,
        path: String = workspace,
        _ fields: HTTPFields = [:]
    ) async throws -> AzureError {
        let transport = FakeTransport([AzureResponse(status, body, fields)])
        let pipeline = Pipeline(transport: transport, settings: PipelineSettings(retry: .never))
        var request = try AzureRequest.read(path)
        request.audience = nil
        do {
            _ = try await pipeline.send(request)
            throw AzureError(.serverError, message: "no error")
        } catch {
            return try #require(error as? AzureError)
        }
    }

    private func envelope(_ code: String, _ message: String = "…") -> String {
        #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#
    }

    @Test(
        arguments: [
            (401, "AuthenticationFailed", .unauthorized), (401, "ExpiredAuthenticationToken", .unauthorized),
            (401, "InvalidAuthenticationToken", .unauthorized),
            (401, "InvalidAuthenticationTokenTenant", .unauthorized),
            (401, "InvalidAuthenticationTokenAudience", .wrongAudience(nil)),
            (403, "LinkedAuthorizationFailed", .forbidden(action: nil, scope: nil)),
            (403, "RequestDisallowedByPolicy", .forbidden(action: nil, scope: nil)), (409, "ScopeLocked", .conflict),
            (404, "ResourceGroupNotFound", .notFound(.resourceGroup)),
            (404, "SubscriptionNotFound", .notFound(.subscription)),
            (400, "MissingApiVersionParameter", .badRequest), (400, "InvalidApiVersionParameter", .badRequest),
            (400, "NoRegisteredProviderFound", .badRequest), (400, "InvalidResourceType", .badRequest),
            (409, "MissingSubscriptionRegistration", .conflict), (409, "Conflict", .conflict),
            (429, "TooManyRequests", .throttled(retryAfter: nil)),
            (429, "SubscriptionRequestsThrottled", .throttled(retryAfter: nil)), (400, "UserError", .badRequest),
            (500, "ServiceError", .serverError), (503, "ServerBusy", .serverError),
            (504, "GatewayTimeout", .serverError),
            (408, "Timeout", .serverError), (403, "InvalidAuthenticationToken", .unauthorized),
            (403, "InvalidTokenError", .unauthorized), (405, "HttpMethodNotAllowed", .badRequest),
            (302, "Found", .malformedAnswer(.unexpectedShape(field: "status"))),
        ] as [(Int, String, AzureError.Kind)]
    )
    func statusAndCodeDecideTheKind(_ status: Int, _ code: String, _ kind: AzureError.Kind) async throws {
        let error = try await failure(status, envelope(code))
        #expect(error.kind == kind)
        #expect(error.code == code)
        #expect(error.status == status)
        #expect(error.host == "management.azure.com")
        #expect(error.operation == OperationName("test.read"))
    }

    @Test func aForbiddenActionIsNamedWithItsScope() async throws {
        let message =
            "The client 'ci-bot' with object id '1f3a' does not have authorization to perform action "
            + "'Microsoft.MachineLearningServices/workspaces/read' over scope '/subscriptions/s' or the scope is invalid."
        let error = try await failure(403, envelope("AuthorizationFailed", message))
        let action = "Microsoft.MachineLearningServices/workspaces/read"
        #expect(error.kind == .forbidden(action: action, scope: "/subscriptions/s"))
    }

    @Test func theAudienceTheServiceSawIsKept() async throws {
        let message =
            "The access token has been obtained for wrong audience or resource 'https://ml.azure.com'. It should "
            + "exactly match with one of the allowed audiences 'https://management.azure.com/'."
        for status in [401, 403] {
            let error = try await failure(status, envelope("InvalidAuthenticationTokenAudience", message))
            #expect(error.kind == .wrongAudience("https://ml.azure.com"))
        }
    }

    @Test(
        arguments: [
            ("", "NotFound", .workspace), ("/onlineEndpoints", "ResourceNotFound", .workspace),
            ("/onlineEndpoints/e", "NotFound", .endpoint), ("/onlineEndpoints/e/token", "NotFound", .endpoint),
            ("/ONLINEENDPOINTS/e/deployments", "UserError", .endpoint),
            ("/onlineEndpoints/e/deployments/d", "NotFound", .deployment),
            ("/onlineEndpoints/e/providers/Microsoft.Insights/diagnosticSettings", "ResourceNotFound", .endpoint),
        ] as [(String, String, AzureError.NotFoundThing)]
    )
    func whatIsMissingIsTakenFromThePath(
        _ path: String,
        _ code: String,
        _ thing: AzureError.NotFoundThing
    ) async throws {
        let error = try await failure(404, envelope(code), path: Self.workspace + path)
        #expect(error.kind == .notFound(thing))
    }

    @Test func whatIsMissingIsTakenFromTheMessageWhereItSaysMore() async throws {
        let message =
            "The Resource 'Microsoft.MachineLearningServices/workspaces/ws' under resource group 'rg' was not found."
        let error = try await failure(
            404,
            envelope("ResourceNotFound", message),
            path: Self.workspace + "/onlineEndpoints/e"
        )
        #expect(error.kind == .notFound(.workspace))
    }

    @Test func jsonHiddenInMessagesIsUnpacked() async throws {
        let body = #"""
            {"error":{"code":"BadRequest","message":"The request is invalid.","details":[
              {"code":"InferencingClientCreateDeploymentFailed","message":"InferencingClient error, error detail: {\"errors\":
              {\"VmSize\":[\"Not enough quota\"],\"\":[\"Delete and re-create.\"]},\"title\":\"Validation errors\"}","details":[]}]}}
            """#.split(separator: "\n").map { $0.drop(while: \.isWhitespace) }.joined()
        let error = try await failure(400, body)
        #expect(error.message == "The request is invalid.")
        #expect(
            error.innerDetails == [
                .init(
                    code: "InferencingClientCreateDeploymentFailed",
                    message: "InferencingClient error, error detail"
                ),
                .init(code: "VmSize", message: "Not enough quota"),
                .init(code: nil, message: "Delete and re-create."),
            ]
        )
    }

    @Test func nestedInnerErrorsAreListedOutermostFirst() async throws {
        let body = #"""
            {"error":{"message":"The request had some invalid properties","code":"BadArgumentError","innererror":{"code":
            "SyntaxError","message":"A recognition error occurred.","innererror":{"code":"SYN0002","message":"unexpected"}}}}
            """#
        let error = try await failure(400, body)
        #expect(error.code == "BadArgumentError")
        #expect(error.innerDetails.map(\.code) == ["SyntaxError", "SYN0002"])
    }

    @Test(
        arguments: [
            (#"{"code":"NotWrapped","message":"m"}"#, "NotWrapped", "m"), (#"{"Message":"m"}"#, nil, "m"),
            (#"{"error":{"code":null,"message":"ResourceNotReady: crashed"}}"#, "ResourceNotReady", "crashed"),
            (#"{"error":"plain"}"#, nil, "plain"), ("<html><body>Bad gateway</body></html>", nil, nil), ("", nil, nil),
            ("upstream request timeout", nil, "upstream request timeout"),
            (#"{"error":{"code":"#, nil, #"{"error":{"code":"#),
            ("[]", nil, nil), (#"{"errors":{"name":["too long"]},"title":"Invalid"}"#, nil, "Invalid"),
        ] as [(String, String?, String?)]
    )
    func bodiesOfAnyShapeAreRead(_ body: String, _ code: String?, _ message: String?) async throws {
        let error = try await failure(502, body)
        #expect(error.kind == .serverError)
        #expect(error.code == code)
        #expect(error.message == message)
    }

    @Test func aChallengeNamesItsErrorWhereTheBodyDoesNot() async throws {
        let challenge = #"Bearer authorization_uri="https://login/", error="insufficient_claims", claims="e30=""#
        let error = try await failure(401, "", [.wwwAuthenticate: challenge])
        #expect(error.kind == .unauthorized && error.code == "insufficient_claims")
        #expect(try await failure(401, envelope("Own"), [.wwwAuthenticate: challenge]).code == "Own")
    }

    @Test func theCorrelationIdentifierComesFirst() async throws {
        let fields: HTTPFields = [
            .testField("x-ms-request-id"): "request", .testField("x-ms-correlation-request-id"): "correlation",
        ]
        #expect(try await failure(500, "", fields).requestID == "correlation")
        #expect(try await failure(500, "", [.testField("x-ms-request-id"): "request"]).requestID == "request")
    }

    @Test(
        arguments: [
            ("", nil, .empty), (#"{"value":[{"na"#, "application/json", .truncated),
            ("<!DOCTYPE html><p>Sign in", "text/html", .notJSON(contentType: "text/html")),
            ("ok", nil, .notJSON(contentType: nil)), ("{]", nil, .notJSON(contentType: nil)),
        ] as [(String, String?, AzureError.MalformedAnswer)]
    )
    func answersThatAreNotJSONSayHow(
        _ body: String,
        _ contentType: String?,
        _ problem: AzureError.MalformedAnswer
    ) throws {
        var response = AzureResponse(200, body)
        response.headerFields[.contentType] = contentType
        let error = #expect(throws: AzureError.self) { try response.json() }
        #expect(error?.kind == .malformedAnswer(problem))
    }
}

extension HTTPField.Name {
    /// For names known to be right.
    static func testField(_ text: String) -> HTTPField.Name {
        HTTPField.Name(text) ?? .accept
    }
}
