import AzureCore
import AzureML
import Dashboard
import Testing

@Suite struct WordingTests {
    private let wording = Wording(texts: .english)

    static let kinds: [AzureError.Kind] = [
        .signedOut(credential: "c"), .noCredential([]), .unauthorized, .wrongAudience("https://x"), .wrongAudience(nil),
        .forbidden(action: "a/read", scope: "/s"), .forbidden(action: nil, scope: nil), .notFound(.subscription),
        .notFound(.resourceGroup), .notFound(.workspace), .notFound(.endpoint), .notFound(.deployment), .notFound(nil),
        .throttled(retryAfter: .seconds(3)), .throttled(retryAfter: nil), .conflict, .badRequest, .serverError,
        .unreachable(.nameNotFound), .unreachable(.refused), .unreachable(.reset), .unreachable(.noRoute),
        .unreachable(.closedEarly), .unreachable(.proxyNeedsSignIn), .unreachable(.refusedByProxy),
        .unreachable(.other), .untrustedCertificate(.unknownAuthority),
        .untrustedCertificate(.expired), .untrustedCertificate(.nameMismatch), .untrustedCertificate(.other),
        .untrustedCertificate(.unreadableTrustFile(path: "/f")), .timedOut(after: .seconds(30)),
        .malformedAnswer(.notJSON(contentType: "text/html")), .malformedAnswer(.truncated),
        .malformedAnswer(.unexpectedShape(field: "value")), .malformedAnswer(.empty), .malformedAnswer(.tooLarge),
        .cancelled, .operationFailed(status: "Canceled"), .tokenForOtherHost(host: "h"), .insecureTransport(host: "h"),
        .configuration(.missing(variables: ["A", "B"])), .configuration(.invalidURL(name: "A", value: "x")),
        .readOnly(method: "PUT"), .configuration(.unknownCloud("c")),
        .configuration(.incompleteCloudMetadata(field: "f")),
    ]

    @Test(arguments: Language.allCases, kinds)
    func everyKindHasAReasonWithItsFactsFilledIn(_ language: Language, _ kind: AzureError.Kind) {
        let wording = Wording(texts: Catalogue(language))
        let error = AzureError(kind, operation: .endpointsList, status: 503, host: "management.azure.com")
        let line = wording.line(error)
        #expect(!line.contains("{") && !line.contains("error."))
        #expect(line.split(separator: "\n").count == 1)
    }

    @Test func aRefusalNamesTheActionTheScopeTheIdentityAndTheRole() {
        let error = AzureError(
            .forbidden(
                action: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/listKeys/action",
                scope: "/s"
            ),
            operation: .endpointKeys,
            status: 403,
            code: "AuthorizationFailed",
            message: "The client 'app-1' with object id 'oid-1' does not have authorization to perform action 'x'.",
            requestID: "5f1e"
        )
        #expect(
            wording.line(error) == "Couldn't get the endpoint's keys: not allowed: Microsoft.MachineLearningServices/"
                + "workspaces/onlineEndpoints/listKeys/action (AuthorizationFailed). app-1 (object id oid-1) has no role that "
                + "allows it at /s. Ask for a role there that grants it, such as AzureML Data Scientist. request id 5f1e"
        )
    }

    @Test(arguments: [
        ("Microsoft.Insights/eventtypes/values/Read", "Monitoring Reader"),
        ("Microsoft.MachineLearningServices/workspaces/onlineEndpoints/read", "Reader"),
        (
            "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/regenerateKeys/action",
            "AzureML Data Scientist"
        ),
        ("Microsoft.MachineLearningServices/workspaces/write", "Contributor"),
        ("Microsoft.MachineLearningServices/workspaces/computes/x/write", "Contributor"),
        ("Microsoft.Authorization/roleAssignments/write", "User Access Administrator"),
        ("Microsoft.OperationalInsights/workspaces/query/read", "Log Analytics Reader"),
    ])
    func theRoleIsOneThatGrantsTheAction(_ action: String, _ role: String) {
        #expect(RoleAdvice.role(granting: action) == role)
    }

    @Test func aRefusalWithoutWordsOfItsOwnKeepsTheServices() {
        let error = AzureError(
            .forbidden(action: nil, scope: nil),
            operation: .trafficLogQuery,
            message: "insufficient"
        )
        #expect(
            wording.line(error)
                == "Couldn't query the traffic log: not allowed. insufficient Ask for a role that allows it."
        )
    }

    @Test func aMissingSettingIsNotBlamedOnAzure() {
        let error = AzureError(.configuration(.missing(variables: ["AZURE_SUBSCRIPTION_ID"])))
        #expect(wording.headline(error) == "No workspace to show: not set: AZURE_SUBSCRIPTION_ID")
    }

    @Test func theInnermostMessageIsShown() {
        let error = AzureError(
            .badRequest,
            message: "outer",
            innerDetails: [.init(message: "Delete and re-create.")]
        )
        #expect(wording.serviceMessage(error) == "Delete and re-create.")
    }
}
