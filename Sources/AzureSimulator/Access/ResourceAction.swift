import HTTPTypes

/// What a request of Resource Manager needs to be allowed, and where.
struct ResourceAction: Hashable, Sendable {
    let action: String
    let scope: String

    /// `nil` where whoever is signed in may ask: for the list of subscriptions, Resource Graph, and how far an operation is.
    init?(_ exchange: Exchange) {
        let lower = exchange.lowercasedPath
        guard lower.count > 1, lower[0] == "subscriptions" else { return nil }
        guard let providers = lower.lastIndex(of: "providers") else {
            self.init(container: exchange)
            return
        }
        let path = exchange.path
        guard path.count > providers + 2 else { return nil }
        let parent = Self.scope(path[..<providers])
        let kind = Array(lower[(providers + 1)...])
        if kind.starts(with: ["microsoft.machinelearningservices", "locations"]) { return nil }
        // One's own permissions are told to everybody.
        if kind == ["microsoft.authorization", "permissions"] { return nil }
        if kind == ["microsoft.insights", "eventtypes", "management", "values"] {
            self.init(action: "Microsoft.Insights/eventtypes/values/Read", scope: parent)
            return
        }
        let isMetrics = kind.first == "microsoft.insights" && kind.dropFirst().first == "metrics"
        self.init(
            namespace: path[providers + 1],
            segments: Array(path[(providers + 2)...]),
            below: path[...providers],
            // The query of many resources' metrics is a POST that reads.
            method: isMetrics ? .get : exchange.method
        )
    }

    private init(action: String, scope: String) {
        self.action = action
        self.scope = scope
    }

    /// A subscription or a group.
    private init(container exchange: Exchange) {
        let verb = Self.verb(exchange.method)
        let isOfGroups = exchange.path.count > 2
        self.init(
            action: "Microsoft.Resources/subscriptions\(isOfGroups ? "/resourceGroups" : "")/\(verb)",
            // The list of groups is read at the subscription.
            scope: Self.scope(exchange.path.count == 3 ? exchange.path[..<2] : exchange.path[...])
        )
    }

    /// Types and names take turns; what is left over is the type of a list, or the name of an action.
    private init(namespace: String, segments: [String], below: ArraySlice<String>, method: HTTPRequest.Method) {
        let types = stride(from: 0, to: segments.count, by: 2).map { segments[$0] }
        let isResource = segments.count.isMultiple(of: 2)
        let isAction = !isResource && method == .post
        let verb = isAction ? "action" : Self.verb(method)
        let own = segments.dropLast(isResource ? 0 : 1)
        let scope = own.isEmpty ? below.dropLast() : below + [namespace] + own
        self.init(action: "\(namespace)/\(types.joined(separator: "/"))/\(verb)", scope: Self.scope(scope))
    }

    private static func verb(_ method: HTTPRequest.Method) -> String {
        switch method {
        case .get, .head: "read"
        case .delete: "delete"
        case .post: "action"
        default: "write"
        }
    }

    private static func scope(_ segments: some Sequence<String>) -> String {
        "/" + segments.joined(separator: "/")
    }
}
