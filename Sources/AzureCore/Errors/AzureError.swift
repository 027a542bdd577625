/// What went wrong between us and Azure: a kind to switch on, and the facts for a sentence somebody else writes.
public struct AzureError: Error, Hashable, Sendable {
    public var kind: Kind
    /// What was being done.
    public var operation: OperationName?
    /// The HTTP status, where there was an answer.
    public var status: Int?
    /// The service's code: `AuthorizationFailed`, `UserError`, `AADSTS7000215`.
    public var code: String?
    /// The service's own words. Hostile: neutralise before showing.
    public var message: String?
    /// `x-ms-correlation-request-id`, else `x-ms-request-id`: what Azure's support asks for.
    public var requestID: String?
    public var host: String?
    /// What the service nested inside, outermost first, JSON texts inside messages unpacked.
    public var innerDetails: [Detail]
    /// Of a token for somebody else: where it was to go, and where it belongs.
    public var misuse: Misuse?

    /// A token that was offered to a place it is not for.
    public struct Misuse: Hashable, Sendable {
        public var offeredTo: TokenAudience
        /// The audience that is wanted there.
        public var wanted: String?
        /// Nil for a service we know nothing of.
        public var home: AudienceHome?

        public init(offeredTo: TokenAudience, wanted: String?, home: AudienceHome?) {
            self.offeredTo = offeredTo
            self.wanted = wanted
            self.home = home
        }
    }

    /// One error inside another.
    public struct Detail: Hashable, Sendable {
        public var code: String?
        public var message: String

        public init(code: String? = nil, message: String) {
            self.code = code
            self.message = message
        }
    }

    public init(
        _ kind: Kind,
        operation: OperationName? = nil,
        status: Int? = nil,
        code: String? = nil,
        message: String? = nil,
        requestID: String? = nil,
        host: String? = nil,
        innerDetails: [Detail] = []
    ) {
        self.kind = kind
        self.operation = operation
        self.status = status
        self.code = code
        self.message = message
        self.requestID = requestID
        self.host = host
        self.innerDetails = innerDetails
    }
}
