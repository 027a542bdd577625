import HTTPTypes
import Synchronization

/// How often what was asked: the key names origin, method and the path with names and ids replaced by `*`.
final class RequestCounts: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    var all: [String: Int] { counts.withLock { $0 } }

    func note(_ exchange: Exchange) {
        let key = Self.key(exchange)
        counts.withLock { $0[key, default: 0] += 1 }
    }

    /// `arm GET /subscriptions/*/resourcegroups/*/providers/microsoft.machinelearningservices/workspaces/*`.
    static func key(_ exchange: Exchange) -> String {
        var isName = false
        let segments = exchange.lowercasedPath.map { segment -> String in
            if isName || GUID.isValid(segment) {
                isName = false
                return "*"
            }
            isName = namedCollections.contains(segment)
            return segment
        }
        return "\(exchange.origin.label) \(exchange.method.rawValue) /\(segments.joined(separator: "/"))"
    }

    /// Segments that a name follows.
    private static let namedCollections: Set<String> = [
        "subscriptions", "resourcegroups", "workspaces", "onlineendpoints", "deployments", "locations",
        "mfeoperationsstatus", "mfeoperationresults", "diagnosticsettings", "endpoint", "registries",
    ]
}
