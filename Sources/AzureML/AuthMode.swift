/// How callers of an endpoint authenticate.
public enum AuthMode: Hashable, Sendable {
    case key, amlToken, aadToken
    /// A mode that Azure has learned since; the word as Azure writes it.
    case unknown(String)

    /// From the word of Azure's REST interface, whatever its case.
    public init(rest: String) {
        switch rest.lowercased() {
        case "key": self = .key
        case "amltoken": self = .amlToken
        case "aadtoken": self = .aadToken
        default: self = .unknown(rest)
        }
    }

    /// The word of Azure's REST interface and of the traffic log.
    public var restValue: String {
        switch self {
        case .key: "Key"
        case .amlToken: "AMLToken"
        case .aadToken: "AADToken"
        case .unknown(let word): word
        }
    }

    /// The word of the Azure CLI and of its YAML files.
    public var cliValue: String {
        switch self {
        case .key: "key"
        case .amlToken: "aml_token"
        case .aadToken: "aad_token"
        case .unknown(let word): word
        }
    }
}
