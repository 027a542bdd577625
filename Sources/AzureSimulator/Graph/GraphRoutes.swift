import FoundationEssentials
import HTTPTypes

/// Azure Resource Graph: `POST /providers/Microsoft.ResourceGraph/resources` (API.md i).
struct GraphRoutes: Sendable {
    let services: Services

    static let path = ["providers", "microsoft.resourcegraph", "resources"]
    private static let largestPage = 1_000

    private var world: World { services.world }

    private struct Order: Decodable {
        struct Options: Decodable {
            var top: Int?
            var skip: Int?
            var skipToken: String?
            var resultFormat: String?

            enum CodingKeys: String, CodingKey {
                case top = "$top"
                case skip = "$skip"
                case skipToken = "$skipToken"
                case resultFormat
            }
        }
        var subscriptions: [String]?
        var managementGroups: [String]?
        var query: String?
        var options: Options?
    }

    /// - Parameters:
    ///   - exchange: The request; its token is good.
    ///   - user: Whose quota it is counted against, and who sees no more than they may.
    /// - Returns: The answer with what is left of the quota.
    func respond(to exchange: Exchange, user: String) -> Reply {
        guard exchange.method == .post else {
            return ServiceError(
                405,
                "HttpMethodNotAllowed",
                "The requested resource does not support http method '\(exchange.method.rawValue)'."
            ).reply.with("Allow", "POST")
        }
        let quota = services.graphQuota.take(user: user, now: exchange.now)
        var reply: Reply
        do throws(ServiceError) {
            guard quota.isAllowed else { throw throttled(quota, exchange) }
            reply = try answer(exchange, user)
        } catch {
            reply = error.reply
        }
        reply.headers.set("x-ms-user-quota-remaining", String(quota.remaining))
        reply.headers.set("x-ms-user-quota-resets-after", "00:00:\(quota.resetsAfterSeconds.padded(2))")
        reply.headers.set("x-ms-tenant-subscription-limit-hit", "false")
        return reply
    }

    private func answer(_ exchange: Exchange, _ user: String) throws(ServiceError) -> Reply {
        guard let order = JSON.decode(Order.self, from: exchange.body), let text = order.query, !text.isEmpty else {
            throw bad("InvalidRequest", "The request body is not a valid query request.", exchange)
        }
        let top = order.options?.top ?? Self.largestPage
        let format = order.options?.resultFormat?.lowercased() ?? "objectarray"
        guard (1...Self.largestPage).contains(top), (order.options?.skip ?? 0) >= 0,
            ["objectarray", "table"].contains(format)
        else { throw bad("InvalidOptions", "The query options are out of their range.", exchange) }
        try checkScope(order, exchange)
        let plan: KustoPlan
        let query: KustoQuery
        do throws(KustoError) {
            query = try KustoParser.parse(text)
            guard query.table.text.lowercased() == "resources" else {
                throw .unresolved(table: query.table.text, in: nil)
            }
            let table = GraphTable(services: services, user: user)
            plan = try KustoPlan(query, fields: table.fields, now: exchange.now.ticks, limit: .max)
            let wanted = order.subscriptions.map { Set($0.map { $0.lowercased() }) }
            table.scan(now: exchange.now.ticks, subscriptions: wanted?.isEmpty == false ? wanted : nil, plan.entry.push)
            plan.entry.finish()
        } catch {
            throw refused(error, exchange)
        }
        var start = order.options?.skip ?? 0
        if let token = order.options?.skipToken, !token.isEmpty {
            guard let position = SkipToken(token)?.position(of: text) else {
                throw bad("InvalidSkipToken", "The skip token is not valid for this query.", exchange)
            }
            start = position
        }
        let page = GraphPage(plan: plan, query: query, text: text, start: start, top: top)
        return Reply(200, page.json(isTable: format == "table"))
    }

    /// One that can be read must be among the subscriptions asked for, unless none are named.
    private func checkScope(_ order: Order, _ exchange: Exchange) throws(ServiceError) {
        guard order.managementGroups == nil || order.subscriptions == nil else {
            throw bad("InvalidRequest", "Subscriptions and management groups cannot both be given.", exchange)
        }
        let groups = order.managementGroups?.map { $0.lowercased() }
        let known = ([world] + world.neighbours).map(\.subscriptionID)
        let isOurs =
            order.subscriptions?.contains { known.contains($0.lowercased()) }
            ?? groups?.contains(world.tenantID) ?? true
        guard isOurs || order.subscriptions?.isEmpty == true else {
            var error = supportError(403, "AccessDenied", exchange)
            error.details = [
                [
                    "code": "NoValidSubscriptionsInQueryRequest",
                    "message": "There must be at least one subscription that is eligible to contain resources.",
                ]
            ]
            throw error
        }
    }

    private func supportError(_ status: Int, _ code: String, _ exchange: Exchange) -> ServiceError {
        var error = ServiceError(
            status,
            code,
            "Please provide below info when asking for support: timestamp = \(CivilTime(exchange.now).iso7), correlationId = "
                + "\(exchange.header("x-ms-correlation-request-id") ?? exchange.requestID)."
        )
        error.isFromGateway = false
        return error
    }

    private func bad(_ code: String, _ message: String, _ exchange: Exchange) -> ServiceError {
        var error = supportError(400, "BadRequest", exchange)
        error.details = [["code": .string(code), "message": .string(message)]]
        return error
    }

    private func throttled(_ quota: GraphQuota.Verdict, _ exchange: Exchange) -> ServiceError {
        var error = supportError(429, "RateLimiting", exchange)
        error.details = [
            [
                "code": "RateLimiting",
                "message":
                    "Client application has been throttled and should not continue to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.",
            ]
        ]
        error.headers.append(("Retry-After", String(quota.resetsAfterSeconds)))
        return error
    }

    /// The error of a query that does not read or does not fit.
    private func refused(_ failure: KustoError, _ exchange: Exchange) -> ServiceError {
        let reason: JSON =
            switch failure.kind {
            case .syntax(let line, let position, let token):
                [
                    "code": "ParserFailure", "message": "ParserFailure", "line": .int(line),
                    "characterPositionInLine": .int(position), "token": .string(token),
                ]
            case .semantic(let code):
                ["code": .string(code), "message": .string(failure.message)]
            }
        var error = supportError(400, "BadRequest", exchange)
        error.details = [
            [
                "code": "InvalidQuery",
                "message":
                    "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.",
            ],
            reason,
        ]
        return error
    }
}
