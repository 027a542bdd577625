import HTTPTypes

/// What a service counts separately: each kind has a bucket of its own.
public enum RequestKind: String, Hashable, Sendable, CaseIterable {
    case read, write, delete
    /// Queries of Azure Resource Graph.
    case graphQuery

    /// Every `POST` is a write, also one that changes nothing.
    init(of request: AzureRequest) {
        if request.url.path.lowercased().hasPrefix("/providers/microsoft.resourcegraph/") {
            self = .graphQuery
        } else {
            switch request.method {
            case .get, .head: self = .read
            case .delete: self = .delete
            default: self = .write
            }
        }
    }
}
