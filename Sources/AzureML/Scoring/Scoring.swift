import AzureCore
import HTTPTypes

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension MachineLearningClient {
    /// Sends a payload to a scoring URI, once. `POST {scoringUri}`; redirects are answers, not followed.
    ///
    /// The credential goes to no host of the control plane, and none of the control plane goes to the scoring URI.
    ///
    /// - Throws: `AzureError` where nothing was sent (`.wrongAudience`, `.insecureTransport`, `.tokenForOtherHost`,
    ///   `.readOnly`, `.configuration`) or no answer came. An answer of any status is an answer.
    public func score(_ request: ScoringRequest, credential: EndpointCredential) async throws -> ScoringAnswer {
        let clientRequestID = UUID().uuidString.lowercased()
        let sent: AzureRequest
        do throws(AzureError) {
            sent = try wireRequest(request, credential, clientRequestID)
        } catch {
            throw error.doing(.scoring)
        }
        let start = connection.uptime()
        let response = try await connection.answer(to: sent)
        var answer = ScoringAnswer(response, clientRequestID: clientRequestID, duration: connection.uptime() - start)
        answer.sentByteCount = request.body.count
        return answer
    }

    private func wireRequest(
        _ request: ScoringRequest,
        _ credential: EndpointCredential,
        _ clientRequestID: String
    ) throws(AzureError) -> AzureRequest {
        guard let url = HTTPURL(request.uri) else {
            throw AzureError(.configuration(.invalidURL(name: "scoringUri", value: request.uri)))
        }
        guard url.isEncrypted || request.allowsPlainHTTP else { throw AzureError(.insecureTransport(host: url.host)) }
        if connection.cloud.isHome(of: url) { throw AzureError(.tokenForOtherHost(host: url.host), host: url.host) }
        try credential.check(in: connection.cloud)
        return AzureRequest(
            .scoring,
            method: .post,
            url: url,
            headerFields: request.wireFields(credential, clientRequestID),
            body: request.body,
            timeout: request.timeout,
            bodyLimit: request.bodyLimit
        )
    }
}

extension ScoringRequest {
    fileprivate func wireFields(_ credential: EndpointCredential, _ clientRequestID: String) -> HTTPFields {
        var fields = headerFields
        fields[.contentType] = contentType
        if fields[.accept] == nil { fields[.accept] = "*/*" }
        fields[.modelDeployment] = deployment
        fields[.msClientRequestID] = clientRequestID
        fields[.authorization] = credential.secret.withText { "Bearer \($0)" }
        return fields
    }
}

extension ScoringAnswer {
    fileprivate init(_ response: AzureResponse, clientRequestID: String, duration: Duration) {
        let fields = response.headerFields
        self.init(
            status: response.status,
            modelStatus: fields[.modelErrorStatus].flatMap { Int($0) },
            reason: fields[.modelErrorReason],
            deployment: fields[.modelDeployment],
            requestID: fields[.xRequestID] ?? response.requestID,
            clientRequestID: clientRequestID,
            headerFields: fields,
            body: response.body,
            isBodyCut: response.isBodyCut,
            timings: TransferTimings(total: duration)
        )
    }
}

extension Cloud {
    /// Whether the address is one of the cloud's own services, or a regional host of one: none of them scores.
    fileprivate func isHome(of url: HTTPURL) -> Bool {
        [resourceManager, loginEndpoint, logAnalytics].compactMap { $0.flatMap(HTTPURL.init) }.contains { service in
            service.origin == url.origin || service.host.contains(".") && url.host.hasSuffix("." + service.host)
        }
    }
}

extension HTTPField.Name {
    fileprivate static let modelDeployment = known("azureml-model-deployment")
    fileprivate static let modelErrorStatus = known("ms-azureml-model-error-statuscode")
    fileprivate static let modelErrorReason = known("ms-azureml-model-error-reason")
    fileprivate static let xRequestID = known("x-request-id")
    fileprivate static let msClientRequestID = known("x-ms-client-request-id")
}
