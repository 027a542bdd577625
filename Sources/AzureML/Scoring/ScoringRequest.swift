public import AzureCore
public import HTTPTypes

/// A payload and where it goes.
public struct ScoringRequest: Hashable, Sendable {
    /// As the endpoint's `scoringUri` reads; never built.
    public var uri: String
    public var body: [UInt8]
    public var contentType: String
    /// More header fields; the credential, the deployment and the content type win over fields of the same name.
    public var headerFields: HTTPFields
    /// Which deployment answers, past the traffic rules; nil for the traffic rules.
    public var deployment: String?
    /// For connecting, the head and the body.
    public var timeout: Duration
    /// How many bytes of the answer's body are read.
    public var bodyLimit: Int
    /// Whether the credential may travel unencrypted, as to the scoring URI of a Kubernetes endpoint: somebody said so.
    public var allowsPlainHTTP: Bool

    public init(
        uri: String,
        body: [UInt8],
        contentType: String = "application/json",
        headerFields: HTTPFields = [:],
        deployment: String? = nil,
        timeout: Duration = .seconds(60),
        bodyLimit: Int = 1 << 20,
        allowsPlainHTTP: Bool = false
    ) {
        self.uri = uri
        self.body = body
        self.contentType = contentType
        self.headerFields = headerFields
        self.deployment = deployment
        self.timeout = timeout
        self.bodyLimit = bodyLimit
        self.allowsPlainHTTP = allowsPlainHTTP
    }
}

/// What a scoring URI answered, whatever its status: a refusal is an answer too.
///
/// All of it comes from outside. Hostile: neutralise before showing.
public struct ScoringAnswer: Hashable, Sendable {
    public var status: Int
    /// `ms-azureml-model-error-statuscode`: what the model answered, where the status is 424.
    public var modelStatus: Int?
    /// `ms-azureml-model-error-reason`: `model_error`, `too_many_pending_request`, `model_not_ready`.
    public var reason: String?
    /// `azureml-model-deployment`: who answered.
    public var deployment: String?
    /// `x-request-id`, which the traffic log calls `XRequestId`.
    public var requestID: String?
    /// Ours, which the traffic log calls `XMSClientRequestId`.
    public var clientRequestID: String
    public var headerFields: HTTPFields
    /// What came behind the body: `ms-azureml-bandwidth-request-delay-ms` and `…-response-delay-ms`.
    public var trailerFields: HTTPFields
    public var body: [UInt8]
    /// Whether the body went on behind the limit.
    public var isBodyCut: Bool
    /// How many bytes of body were sent.
    public var sentByteCount: Int
    /// How long it took, phase by phase as far as that was measured.
    public var timings: TransferTimings

    public init(
        status: Int,
        modelStatus: Int? = nil,
        reason: String? = nil,
        deployment: String? = nil,
        requestID: String? = nil,
        clientRequestID: String = "",
        headerFields: HTTPFields = [:],
        trailerFields: HTTPFields = [:],
        body: [UInt8] = [],
        isBodyCut: Bool = false,
        sentByteCount: Int = 0,
        timings: TransferTimings = TransferTimings()
    ) {
        self.status = status
        self.modelStatus = modelStatus
        self.reason = reason
        self.deployment = deployment
        self.requestID = requestID
        self.clientRequestID = clientRequestID
        self.headerFields = headerFields
        self.trailerFields = trailerFields
        self.body = body
        self.isBodyCut = isBodyCut
        self.sentByteCount = sentByteCount
        self.timings = timings
    }

    /// From sending to the last byte read.
    public var duration: Duration { timings.total }

    /// Whether the endpoint let the credential in: any answer but 401 and 403, also that of a model that failed.
    public var acceptsCredential: Bool { status != 401 && status != 403 }
}
