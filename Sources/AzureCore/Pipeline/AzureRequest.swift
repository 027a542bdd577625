public import HTTPTypes

/// One request, before the policies have added their headers.
public struct AzureRequest: Sendable {
    public var operation: OperationName
    public var method: HTTPRequest.Method
    public var url: HTTPURL
    public var headerFields: HTTPFields
    public var body: [UInt8]?
    /// Whose token it carries; nil for none.
    public var audience: TokenAudience?
    /// Whether sending it twice does no harm: it changes nothing.
    public var isRepeatable: Bool
    /// For connecting, the head and the whole body of one try.
    public var timeout: Duration?
    /// How many bytes of the answer's body are read, the rest is left unread; nil for whole bodies, of 64 MiB at most.
    public var bodyLimit: Int?
    /// Who goes first where the budget is short.
    public var priority: RequestPriority
    /// Whether it goes straight to its host, whatever proxy is set.
    public var bypassesProxy = false
    /// How it is measured and followed; nil where nobody wants to know.
    public var measurement: TransferMeasurement?
    /// 1 for the first try.
    public var attempt: Int

    /// The method decides whether it is repeatable, where that is not said.
    public init(
        _ operation: OperationName,
        method: HTTPRequest.Method = .get,
        url: HTTPURL,
        headerFields: HTTPFields = [:],
        body: [UInt8]? = nil,
        audience: TokenAudience? = nil,
        isRepeatable: Bool? = nil,
        timeout: Duration? = nil,
        bodyLimit: Int? = nil,
        priority: RequestPriority = .essential
    ) {
        self.operation = operation
        self.method = method
        self.url = url
        self.headerFields = headerFields
        self.body = body
        self.audience = audience
        self.isRepeatable = isRepeatable ?? (method == .get || method == .head)
        self.timeout = timeout
        self.bodyLimit = bodyLimit
        self.priority = priority
        attempt = 1
    }
}
