import FoundationEssentials

/// A trouble to be made on demand.
struct Fault: Sendable {
    enum Kind: Sendable {
        /// An answer of its own instead of the real one.
        case status(Int, headers: [String: String], body: String?)
        /// The real answer, later.
        case delay(milliseconds: Int)
        /// No answer.
        case drop
        /// A TCP reset instead of an answer.
        case reset
        /// Half of the real answer's body, then the end of the connection.
        case halfBody
        /// The real answer with a body that breaks off in the middle of the JSON.
        case malformedJSON
        /// All tokens issued so far are refused from this request on.
        case revokeTokens
        /// All tokens issued so far count as expired from this request on.
        case expireTokens
        /// All tokens issued so far, and those that are asked for without claims, get a claims challenge from this request on.
        case challengeClaims
        /// Operations that are under way when it is ordered, and later ones, never end in the answer.
        case stuckOperation
        /// Operations that are under way when it is ordered, and later ones, show as failed in the answer.
        case failOperation(OperationFailure)
        /// The `Date` header and the times of tokens are off by so much.
        case clockSkew(seconds: Double)

        /// Whether it changes the world the request meets, and leaves the answer itself to be made, or broken, as usual.
        var isCondition: Bool {
            switch self {
            case .status, .delay, .drop, .reset, .halfBody, .malformedJSON: false
            case .revokeTokens, .expireTokens, .challengeClaims, .stuckOperation, .failOperation, .clockSkew: true
            }
        }
    }

    let id: Int
    /// `nil` matches every method.
    let method: String?
    /// A regular expression found anywhere in path and query.
    let pathPattern: String
    let kind: Kind
    /// What was asked for, to be shown in the list.
    let description: JSON
    /// When it was ordered, in tenths of a microsecond since 1970.
    let orderedTicks: Int64
    /// How many more requests it meets; `nil` until it is cleared.
    var remaining: Int?

    /// What `POST /_simulator/faults` takes.
    struct Order: Decodable {
        struct Match: Decodable {
            var method: String?
            var path: String?
        }
        struct Trouble: Decodable {
            var kind: String
            var status: Int?
            var headers: [String: String]?
            var body: JSON?
            var ms: Int?
            var code: String?
            var message: String?
            var seconds: Double?

            /// What was asked for, without headers and body.
            var json: JSON {
                let kind: JSON = ["kind": .string(self.kind)]
                return kind.adding("status", status.map { .int($0) }).adding("ms", ms.map { .int($0) })
                    .adding("code", code.map { .string($0) }).adding("message", message.map { .string($0) })
                    .adding("seconds", seconds.map { .double($0) })
            }
        }
        var match: Match?
        var fault: Trouble
        var count: Int?
    }
}

extension Fault.Kind {
    /// The words of `kind` in an order.
    static let names = [
        "status", "delay", "drop", "reset", "half-body", "malformed-json", "revoke-tokens", "expire-tokens",
        "claims-challenge",
        "stuck-operation", "fail-operation", "clock-skew",
    ]

    /// - Throws: `FaultError` with the reason in words for whoever wrote the order.
    init(_ order: Fault.Order.Trouble) throws(FaultError) {
        switch order.kind {
        case "status":
            guard let status = order.status, (200...599).contains(status) else {
                throw FaultError(message: "fault.status must be a number from 200 to 599.")
            }
            self = .status(status, headers: order.headers ?? [:], body: order.body.map(\.plainText))
        case "delay":
            guard let milliseconds = order.ms, milliseconds >= 0 else {
                throw FaultError(message: "fault.ms must be a number of milliseconds, 0 or more.")
            }
            self = .delay(milliseconds: milliseconds)
        case "drop": self = .drop
        case "reset": self = .reset
        case "half-body": self = .halfBody
        case "malformed-json": self = .malformedJSON
        case "revoke-tokens": self = .revokeTokens
        case "expire-tokens": self = .expireTokens
        case "claims-challenge": self = .challengeClaims
        case "stuck-operation": self = .stuckOperation
        case "fail-operation":
            guard let code = order.code, !code.isEmpty else {
                throw FaultError(message: "fault.code must name the error the operation fails with.")
            }
            self = .failOperation(OperationFailure(code: code, message: order.message ?? ""))
        case "clock-skew":
            guard let seconds = order.seconds, seconds.magnitude <= 1e9 else {
                throw FaultError(
                    message: "fault.seconds must be a number of seconds, negative for a clock that is slow."
                )
            }
            self = .clockSkew(seconds: seconds)
        default:
            let known = Self.names.joined(separator: ", ")
            throw FaultError(message: "Unknown fault.kind '\(order.kind)'; known are: \(known).")
        }
    }
}

/// What is wrong with an order for a fault.
struct FaultError: Error {
    let message: String
}

extension JSON {
    /// A string as it is, anything else as JSON text.
    fileprivate var plainText: String {
        if case .string(let text) = self { return text }
        return text
    }
}
