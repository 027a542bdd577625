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

    @Test func aLineSaysWhatFailedWhyAndWhatToDoWithCodeAndRequestID() {
        let error = AzureError(
            .forbidden(action: "Microsoft.X/read", scope: "/s"),
            operation: .endpointsList,
            status: 403,
            code: "AuthorizationFailed",
            message: "The client 'x' does not have authorization.",
            requestID: "5f1e"
        )
        #expect(
            wording.line(error) == "Couldn't list the endpoints: not allowed: Microsoft.X/read (AuthorizationFailed). "
                + "The client 'x' does not have authorization. Ask for a role that allows it. request id 5f1e"
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
