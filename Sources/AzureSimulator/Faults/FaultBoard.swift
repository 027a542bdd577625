import Synchronization

/// The faults that are set, in the order they were.
final class FaultBoard: Sendable {
    private struct Contents {
        var faults: [Fault] = []
        var nextID = 1
    }

    private let contents = Mutex(Contents())

    var list: [Fault] { contents.withLock { $0.faults } }

    /// - Throws: `FaultError` when the order makes no sense.
    func add(_ order: Fault.Order, at ticks: Int64) throws(FaultError) -> Fault {
        let kind = try Fault.Kind(order.fault)
        let pattern = order.match?.path ?? ""
        guard (try? Regex(pattern)) != nil else {
            throw FaultError(message: "match.path is not a regular expression: '\(pattern)'.")
        }
        let count = order.count ?? 1
        guard count >= 0 else { throw FaultError(message: "count must be 0 (until cleared) or more.") }
        return contents.withLock { contents in
            let fault = Fault(
                id: contents.nextID,
                method: order.match?.method?.uppercased(),
                pathPattern: pattern,
                kind: kind,
                description: order.fault.json,
                orderedTicks: ticks,
                remaining: count == 0 ? nil : count
            )
            contents.nextID += 1
            contents.faults.append(fault)
            return fault
        }
    }

    func clear() {
        contents.withLock { $0.faults = [] }
    }

    /// The faults that meet a request, counted down: all conditions, and the first of those that make the answer another.
    func take(method: String, target: String) -> [Fault] {
        contents.withLock { contents in
            var taken: [Fault] = []
            for (index, fault) in contents.faults.enumerated() where fault.meets(method: method, target: target) {
                guard fault.kind.isCondition || taken.allSatisfy(\.kind.isCondition) else { continue }
                taken.append(fault)
                contents.faults[index].remaining = fault.remaining.map { $0 - 1 }
            }
            contents.faults.removeAll { $0.remaining == 0 }
            return taken
        }
    }
}

extension Fault {
    fileprivate func meets(method: String, target: String) -> Bool {
        guard self.method == nil || self.method == method else { return false }
        guard !pathPattern.isEmpty, let pattern = try? Regex(pathPattern) else { return pathPattern.isEmpty }
        return target.firstMatch(of: pattern) != nil
    }

    var json: JSON {
        [
            "id": .int(id),
            "match": ["method": .optional(method), "path": .string(pathPattern)],
            "fault": description,
            "remaining": remaining.map { .int($0) } ?? .null,
        ]
    }
}

extension Reply {
    /// The answer of a `status` fault.
    static func fault(status: Int, headers: [String: String], body: String?) -> Reply {
        var reply: Reply
        if let body {
            let type =
                body.hasPrefix("{") || body.hasPrefix("[")
                ? "application/json; charset=utf-8" : body.hasPrefix("<") ? "text/html" : "text/plain"
            reply = Reply(status, body: Array(body.utf8), contentType: type)
        } else {
            let (code, message) = usualError(status)
            reply = Reply(status, ["error": ["code": .string(code), "message": .string(message)]])
        }
        for (name, value) in headers { reply.headers.set(name, value) }
        return reply
    }

    private static func usualError(_ status: Int) -> (code: String, message: String) {
        switch status {
        case 401: ("AuthenticationFailed", "Authentication failed.")
        case 403: ("AuthorizationFailed", "The client does not have authorization to perform this action.")
        case 404: ("NotFound", "The specified resource was not found.")
        case 409: ("Conflict", "The request conflicts with the state of the resource.")
        case 429: ("TooManyRequests", "The request is being throttled.")
        case 503: ("ServiceUnavailable", "The service is unavailable.")
        case 504: ("GatewayTimeout", "The gateway did not receive a response within the specified time period.")
        default: ("InternalServerError", "The server encountered an internal error.")
        }
    }
}
