import HTTPTypes

/// Where a managed identity is asked for: each kind of machine has its own service, all of them near.
enum ManagedIdentityHost: Hashable, Sendable {
    /// The instance metadata service of virtual machines and of what runs on them.
    case instanceMetadata
    case appService(endpoint: String, header: Secret)
    /// A compute instance or cluster of Azure Machine Learning.
    case machineLearningCompute(endpoint: String, secret: Secret)
    /// A machine elsewhere with the Azure Arc agent.
    case arc(endpoint: String)
    /// One we cannot ask.
    case unsupported(String)

    /// As the variables tell that the platform sets, in the order of Azure's SDKs.
    init(environment: [String: String]) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let endpoint = value("IDENTITY_ENDPOINT") {
            if let header = value("IDENTITY_HEADER") {
                self =
                    value("IDENTITY_SERVER_THUMBPRINT") == nil
                    ? .appService(endpoint: endpoint, header: Secret(header)) : .unsupported("Service Fabric")
                return
            }
            if value("IMDS_ENDPOINT") != nil {
                self = .arc(endpoint: endpoint)
                return
            }
        }
        if let endpoint = value("MSI_ENDPOINT") {
            self =
                value("MSI_SECRET").map { .machineLearningCompute(endpoint: endpoint, secret: Secret($0)) }
                ?? .unsupported("Cloud Shell")
            return
        }
        self = .instanceMetadata
    }
}

/// Which of a machine's identities is meant.
public enum ManagedIdentitySelection: Hashable, Sendable {
    /// The one that belongs to the machine.
    case systemAssigned
    case clientID(String)
    case objectID(String)
    /// The ARM id of a user-assigned identity.
    case resourceID(String)
}

extension ManagedIdentityHost {
    /// The question for a token, each host's own way; nil where its address makes no sense.
    func request(for resource: String, _ selection: ManagedIdentitySelection, metadataHost: String) -> AzureRequest? {
        switch self {
        case .instanceMetadata:
            return Self.question(
                metadataHost + "/metadata/identity/oauth2/token",
                [("api-version", "2018-02-01"), ("resource", resource)] + selection.items("msi_res_id"),
                [Self.metadata: "true"]
            )
        case .appService(let endpoint, let header):
            return Self.question(
                endpoint,
                [("api-version", "2019-08-01"), ("resource", resource)] + selection.items("mi_res_id"),
                [Self.identityHeader: header.reveal()]
            )
        case .machineLearningCompute(let endpoint, let secret):
            return Self.question(
                endpoint,
                [("api-version", "2017-09-01"), ("resource", resource)]
                    + selection.items("mi_res_id").map { ($0.name == "client_id" ? "clientid" : $0.name, $0.value) },
                [Self.secret: secret.reveal()]
            )
        case .arc(let endpoint):
            return Self.question(
                endpoint,
                [("api-version", "2020-06-01"), ("resource", resource)] + selection.items("msi_res_id"),
                [Self.metadata: "true"]
            )
        case .unsupported: return nil
        }
    }

    /// Whether somebody is there at all: without the header that every real question needs, so that the answer is a refusal.
    static func probe(metadataHost: String) -> AzureRequest? {
        question(
            metadataHost + "/metadata/identity/oauth2/token",
            [("api-version", "2018-02-01"), ("resource", "https://management.azure.com/")],
            [:]
        )
    }

    private static func question(
        _ address: String,
        _ items: [(name: String, value: String)],
        _ fields: HTTPFields
    ) -> AzureRequest? {
        guard var url = HTTPURL(address) else { return nil }
        let query = items.map { "\($0.name)=\(PercentEncoding.query($0.value))" }.joined(separator: "&")
        url.query = url.query.map { "\($0)&\(query)" } ?? query
        // How often it is asked again is decided by rules of its own, not by the pipeline's.
        var request = AzureRequest(.token, url: url, headerFields: fields, isRepeatable: false)
        request.bypassesProxy = true
        return request
    }

    private static let metadata = known("Metadata")
    private static let identityHeader = known("X-IDENTITY-HEADER")
    private static let secret = known("secret")

    private static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("not a header name: \(text)") }
        return name
    }
}

extension ManagedIdentitySelection {
    fileprivate func items(_ resourceIDName: String) -> [(name: String, value: String)] {
        switch self {
        case .systemAssigned: []
        case .clientID(let id): [("client_id", id)]
        case .objectID(let id): [("object_id", id)]
        case .resourceID(let id): [(resourceIDName, id)]
        }
    }
}
