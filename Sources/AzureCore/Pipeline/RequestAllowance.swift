import HTTPTypes

/// Which requests may leave at all.
public struct RequestAllowance: Hashable, Sendable {
    /// Whether only requests that change nothing are sent.
    public var isReadOnly: Bool
    /// Resources below which only requests that change nothing are sent.
    public var readOnlyResources: [ResourceID]
    /// Whether payloads may be sent to scoring URIs.
    public var allowsScoring: Bool

    public init(isReadOnly: Bool = false, readOnlyResources: [ResourceID] = [], allowsScoring: Bool = true) {
        self.isReadOnly = isReadOnly
        self.readOnlyResources = readOnlyResources
        self.allowsScoring = allowsScoring
    }

    /// Everything.
    public static let everything = RequestAllowance()
    /// What changes nothing, and scoring.
    public static let readOnly = RequestAllowance(isReadOnly: true)

    /// Whether a request may leave: one that changes nothing always, scoring as it is set, any other unless read-only.
    func allows(_ request: AzureRequest) -> Bool {
        if request.operation == .scoring { return allowsScoring }
        return request.changesNothing || !isReadOnly && !readOnlyResources.contains { request.isFor($0) }
    }
}

extension AzureRequest {
    /// Whether its path leads to a resource or to one below it.
    fileprivate func isFor(_ resource: ResourceID) -> Bool {
        let id = resource.text.lowercased()
        return path == id || path.hasPrefix(id + "/")
    }

    /// `GET`, `HEAD`, signing in, and the few POSTs that only ask.
    var changesNothing: Bool {
        switch method {
        case .get, .head: true
        case .post: audience == nil ? isSignIn : isQuestion
        default: false
        }
    }

    private var isSignIn: Bool {
        operation == .token && (path.hasSuffix("/oauth2/v2.0/token") || path.hasSuffix("/oauth2/v2.0/devicecode"))
    }

    private var isQuestion: Bool {
        switch audience {
        case .logAnalytics: path.hasPrefix("/v1/workspaces/") && path.hasSuffix("/query")
        case .resourceManager: Self.questions.contains { $0.matches(path) }
        case .machineLearning, nil: false
        }
    }

    /// Resource Manager compares paths without regard to case.
    private var path: String { url.path.lowercased() }

    private static let endpoint = "/providers/microsoft.machinelearningservices/workspaces/*/onlineendpoints/*"
    private static let questions: [PathPattern] = [
        PathPattern("/providers/microsoft.resourcegraph/resources"),
        PathPattern("/subscriptions/*/providers/microsoft.insights/metrics"),
        PathPattern("/subscriptions/*/metrics:getbatch"),
        PathPattern("/subscriptions/*/resourcegroups/*" + endpoint + "/token"),
        PathPattern("/subscriptions/*/resourcegroups/*" + endpoint + "/listkeys"),
        PathPattern("/subscriptions/*/resourcegroups/*" + endpoint + "/deployments/*/getlogs"),
    ]
}

/// A path, segment by segment; `*` stands for any one segment.
private struct PathPattern {
    private let segments: [Substring]

    init(_ text: String) {
        segments = text.split(separator: "/", omittingEmptySubsequences: false)
    }

    /// The whole path, not a part of it.
    func matches(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == segments.count
            && zip(parts, segments).allSatisfy { $1 == "*" ? !$0.isEmpty : $0 == $1 }
    }
}
