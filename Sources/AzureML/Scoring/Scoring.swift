public import AzureCore
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
    /// - Parameters:
    ///   - request: The payload and where it goes.
    ///   - credential: What is sent with it.
    ///   - clientRequestID: What the traffic log is to call `XMSClientRequestId`: letters, digits, `_` and `-`, at most 40;
    ///     nil for one of our own.
    ///   - keeper: Keeps the connection for the next payload; nil for a new one.
    ///   - progress: Told of what happens, in order, while it happens; it must not take long.
    /// - Returns: The answer, whatever its status: a refusal is one too.
    /// - Throws: `AzureError` where nothing was sent (`.wrongAudience`, `.insecureTransport`, `.tokenForOtherHost`,
    ///   `.readOnly`, `.configuration`) or no answer came.
    public func score(
        _ request: ScoringRequest,
        credential: EndpointCredential,
        clientRequestID: String? = nil,
        keeper: ConnectionKeeper? = nil,
        progress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws -> ScoringAnswer {
        let clientRequestID = clientRequestID ?? UUID().uuidString.lowercased()
        var sent: AzureRequest
        do throws(AzureError) {
            sent = try wireRequest(request, credential, clientRequestID)
        } catch {
            throw error.doing(.scoring)
        }
        sent.measurement = TransferMeasurement(uptime: connection.uptime, keeper: keeper, progress: progress)
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
        let url = try dataPlaneURL(
            request.uri,
            named: "scoringUri",
            credential,
            allowsPlainHTTP: request.allowsPlainHTTP
        )
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

    /// The address of an endpoint's own service, where that credential may go there.
    ///
    /// - Throws: `AzureError` of kind `.configuration`, `.insecureTransport`, `.tokenForOtherHost` or `.wrongAudience`.
    func dataPlaneURL(
        _ text: String,
        named name: String,
        _ credential: EndpointCredential,
        allowsPlainHTTP: Bool
    ) throws(AzureError) -> HTTPURL {
        guard let url = HTTPURL(text) else {
            throw AzureError(.configuration(.invalidURL(name: name, value: text)))
        }
        guard url.isEncrypted || allowsPlainHTTP else { throw AzureError(.insecureTransport(host: url.host)) }
        if connection.cloud.isHome(of: url) { throw AzureError(.tokenForOtherHost(host: url.host), host: url.host) }
        try credential.check(in: connection.cloud)
        return url
    }
}

extension EndpointCredential {
    /// What the header says; nil for no header.
    var authorization: String? { secret?.withText { "Bearer \($0)" } }
}

extension ScoringRequest {
    fileprivate func wireFields(_ credential: EndpointCredential, _ clientRequestID: String) -> HTTPFields {
        var fields = headerFields
        fields[.contentType] = contentType
        if fields[.accept] == nil { fields[.accept] = "*/*" }
        fields[.modelDeployment] = deployment
        fields[.msClientRequestID] = clientRequestID
        fields[.authorization] = credential.authorization
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
            trailerFields: response.trailerFields,
            body: response.body,
            isBodyCut: response.isBodyCut,
            timings: response.timings ?? TransferTimings(total: duration)
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
