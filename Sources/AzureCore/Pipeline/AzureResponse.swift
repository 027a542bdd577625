public import HTTPTypes

/// One complete answer.
public struct AzureResponse: Sendable {
    public var status: Int
    public var headerFields: HTTPFields
    public var body: [UInt8]
    /// Whether the body went on behind the limit of the request.
    public var isBodyCut: Bool
    /// What came behind the body; only of exchanges that were measured.
    public var trailerFields: HTTPFields = [:]
    /// Nil where nothing was measured.
    public var timings: TransferTimings?

    public init(status: Int, headerFields: HTTPFields = [:], body: [UInt8] = [], isBodyCut: Bool = false) {
        self.status = status
        self.headerFields = headerFields
        self.body = body
        self.isBodyCut = isBodyCut
    }

    public var isSuccess: Bool { (200..<300).contains(status) }
    public var contentType: String? { headerFields[.contentType] }

    /// The identifier to give to Azure's support.
    public var requestID: String? {
        headerFields[.correlationRequestID] ?? headerFields[.requestID]
    }
}
