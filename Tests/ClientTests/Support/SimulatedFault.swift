import JSONValue

/// A trouble the simulator makes on demand.
enum SimulatedFault {
    /// An answer of its own instead of the real one; nil takes the usual error of that status.
    case status(Int, headers: [String: String] = [:], body: String? = nil)
    /// The real answer, later.
    case delay(milliseconds: Int)
    /// No answer.
    case drop
    case reset
    case halfBody
    case malformedJSON
    /// All tokens so far are refused.
    case revokeTokens
    /// More is demanded of all tokens so far.
    case claimsChallenge

    /// What `POST /_simulator/faults` takes as `fault`.
    var json: JSONValue {
        switch self {
        case .status(let status, let headers, let body):
            var members: [JSONObject.Member] = [
                .init(name: "kind", value: "status"), .init(name: "status", value: .number(JSONNumber(status))),
                .init(
                    name: "headers",
                    value: .object(JSONObject(headers.map { .init(name: $0.key, value: .string($0.value)) }))
                ),
            ]
            if let body { members.append(.init(name: "body", value: .string(body))) }
            return .object(JSONObject(members))
        case .delay(let milliseconds): return ["kind": "delay", "ms": .number(JSONNumber(milliseconds))]
        case .drop: return ["kind": "drop"]
        case .reset: return ["kind": "reset"]
        case .halfBody: return ["kind": "half-body"]
        case .malformedJSON: return ["kind": "malformed-json"]
        case .revokeTokens: return ["kind": "revoke-tokens"]
        case .claimsChallenge: return ["kind": "claims-challenge"]
        }
    }
}
