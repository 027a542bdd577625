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
    }

    let id: Int
    /// `nil` matches every method.
    let method: String?
    /// A regular expression found anywhere in path and query.
    let pathPattern: String
    let kind: Kind
    /// What was asked for, to be shown in the list.
    let description: JSON
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
        }
        var match: Match?
        var fault: Trouble
        var count: Int?
    }
}

extension Fault.Kind {
    /// The words of `kind` in an order.
    static let names = ["status", "delay", "drop", "reset", "half-body", "malformed-json"]

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
