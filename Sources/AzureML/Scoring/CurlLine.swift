/// A request as a curl command says it: read from what somebody pasted, or written to be pasted elsewhere.
///
/// There is never a secret in it: what is read loses its `Authorization`, cookies and passwords, and says so; what is
/// written names a variable in their place.
public struct CurlLine: Hashable, Sendable {
    public enum Body: Hashable, Sendable {
        case none
        case text(String)
        /// Of that path, or stdin for `-`.
        case file(String)
    }

    public struct Header: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public var url: String
    public var method: String
    /// In their order, without those that carry secrets.
    public var headers: [Header]
    public var body: Body
    /// What was left out because it carries a secret: a header's name, or an option.
    public var droppedSecrets: [String]
    /// Options that mean nothing for a scoring request: those of curl's own behaviour.
    public var ignoredOptions: [String]

    public init(
        url: String,
        method: String = "POST",
        headers: [Header] = [],
        body: Body = .none,
        droppedSecrets: [String] = [],
        ignoredOptions: [String] = []
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
        self.droppedSecrets = droppedSecrets
        self.ignoredOptions = ignoredOptions
    }

    /// The value of a header, by its name in any case.
    public func header(_ name: String) -> String? {
        headers.last { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Why a pasted text is not a request that can be sent.
public enum CurlLineError: Error, Hashable, Sendable {
    /// It does not begin with `curl`.
    case notCurl
    case unterminatedQuote(String)
    case missingURL
    case missingValue(option: String)
    /// An option that changes what is sent in a way that scoring has not: a form, an upload, several requests.
    case unsupported(option: String)
}
