import FoundationEssentials
import HTTPTypes

/// The Log Analytics query API (API.md g.2), by workspace and by resource.
struct LogAnalyticsRoutes: Sendable {
    let services: Services

    private var world: World { services.world }

    private struct Order: Decodable {
        var query: String?
        var timespan: String?
    }

    /// The most rows the service gives in one answer.
    private static let largestAnswer = 500_000

    func respond(to exchange: Exchange) async -> Reply {
        var reply: Reply
        do throws(ServiceError) {
            reply = try await answer(exchange)
        } catch {
            reply = error.reply
        }
        reply.headers.set("x-ms-request-id", exchange.requestID)
        if let id = exchange.header("x-ms-client-request-id") { reply.headers.set("x-ms-client-request-id", id) }
        reply.headers.set("Strict-Transport-Security", "max-age=15724800; includeSubDomains")
        return reply
    }

    private func answer(_ exchange: Exchange) async throws(ServiceError) -> Reply {
        let caller = try await checkToken(exchange)
        let scope = try self.scope(exchange)
        try checkAccess(caller, scope)
        switch exchange.method {
        case .get:
            return try run(
                Order(query: exchange.query("query"), timespan: exchange.query("timespan")),
                scope,
                exchange
            )
        case .post:
            let type = exchange.headers[.contentType]?.lowercased() ?? ""
            // The service's own quirk: without JSON it answers with nothing at all.
            guard type.hasPrefix("application/json"), !exchange.body.isEmpty else { return Reply(200) }
            guard let order = JSON.decode(Order.self, from: exchange.body) else {
                throw bad("The request had some invalid properties", "The request body is not valid JSON.", exchange)
            }
            return try run(order, scope, exchange)
        default:
            throw error(405, "MethodNotAllowed", "The requested method is not allowed.")
        }
    }

    /// A missing header is a 401; a token that is no good is a 403 here.
    private func checkToken(_ exchange: Exchange) async throws(ServiceError) -> AccessClaims {
        do throws(BearerFault) {
            return try await services.bearers.claims(of: exchange, audiences: services.audiences.logAnalytics)
        } catch {
            switch error {
            case .missing:
                throw self.error(
                    401,
                    "AuthenticationFailed",
                    "Authentication failed. The 'Authorization' header is missing."
                )
            case .malformed:
                throw self.error(
                    403,
                    "InvalidAuthenticationToken",
                    "The received access token is not valid: it cannot be validated."
                )
            case .revoked, .insufficientClaims:
                throw self.error(403, "InvalidAuthenticationToken", "The access token has been revoked.")
            case .expired:
                throw self.error(403, "InvalidAuthenticationToken", "The access token has expired.")
            case .wrongAudience(let audience):
                let allowed = services.audiences.logAnalytics.map { "'\($0)'" }.joined(separator: ",")
                throw self.error(
                    403,
                    "InvalidAuthenticationTokenAudience",
                    "The access token has been obtained from wrong audience or resource '\(audience)'. It should exactly "
                        + "match (including forward slash) with one of the allowed audiences \(allowed)."
                )
            case .wrongTenant:
                throw insufficientAccess
            }
        }
    }

    private var insufficientAccess: ServiceError {
        error(
            403,
            "InsufficientAccessError",
            "The provided credentials have insufficient access to perform the requested operation"
        )
    }

    /// The rows of a workspace are read with a role there; those of one endpoint with a role at the endpoint.
    private func checkAccess(_ caller: AccessClaims, _ scope: Scope) throws(ServiceError) {
        let (action, place) =
            switch scope {
            case .workspace: ("Microsoft.OperationalInsights/workspaces/query/read", services.names.logWorkspace)
            case .endpoint(let endpoint): ("Microsoft.Insights/logs/read", services.names.endpoint(endpoint))
            }
        guard services.access.allows(caller.oid, action, at: place) else { throw insufficientAccess }
    }

    /// The whole workspace, or one endpoint.
    private enum Scope {
        case workspace
        case endpoint(SimulatedEndpoint)
    }

    private func scope(_ exchange: Exchange) throws(ServiceError) -> Scope {
        let path = exchange.lowercasedPath
        guard path.first == "v1", path.last == "query" else {
            throw error(404, "PathNotFoundError", "The requested path does not exist")
        }
        if path.count == 4, path[1] == "workspaces" {
            guard path[2] == world.customerID else {
                throw error(404, "WorkspaceNotFoundError", "The workspace '\(exchange.path[2])' could not be found")
            }
            return .workspace
        }
        let resource = Array(path.dropFirst().dropLast())
        let scenario = world.scenario
        guard resource.count >= 2, resource[0] == "subscriptions", resource[1] == world.subscriptionID else {
            throw error(404, "PathNotFoundError", "The requested path does not exist")
        }
        if resource.count == 10, resource[6] == "workspaces", resource[7] == scenario.workspace.lowercased(),
            resource[8] == "onlineendpoints", let endpoint = world.endpoint(named: resource[9])
        {
            return .endpoint(endpoint)
        }
        guard resource.count == 8, resource[5] == "microsoft.operationalinsights",
            resource[7] == scenario.logWorkspace.lowercased()
        else { throw error(404, "ResourceNotFoundError", "The requested resource could not be found") }
        return .workspace
    }

    private func run(_ order: Order, _ scope: Scope, _ exchange: Exchange) throws(ServiceError) -> Reply {
        guard let text = order.query, !text.isEmpty else {
            throw bad("The request had some invalid properties", "The query is missing.", exchange)
        }
        let now = exchange.now.ticks
        var span: (start: Int64, end: Int64)?
        if let timespan = order.timespan, !timespan.isEmpty {
            guard let parsed = MetricWindow.span(timespan, now: now) else {
                throw bad("The request had some invalid properties", "The timespan '\(timespan)' is invalid.", exchange)
            }
            span = parsed
        }
        let started = ContinuousClock.now
        let plan: KustoPlan
        do throws(KustoError) {
            plan = try evaluate(text, span, scope, now: now)
        } catch {
            throw refused(error, exchange)
        }
        return reply(plan, took: ContinuousClock.now - started, exchange)
    }

    private func evaluate(
        _ text: String,
        _ span: (start: Int64, end: Int64)?,
        _ scope: Scope,
        now: Int64
    ) throws(KustoError) -> KustoPlan {
        let query = try KustoParser.parse(text)
        guard query.table.text == TrafficLogTable.name else {
            throw .unresolved(table: query.table.text, in: query.steps.first?.name)
        }
        let table = services.trafficLog
        let plan = try KustoPlan(query, fields: table.fields, now: now, limit: Self.largestAnswer)
        var bounds = KustoBounds(query, fields: table.fields, now: now)
        if let span { bounds.narrow(from: span.start, to: span.end - 1) }
        var only: SimulatedEndpoint?
        if case .endpoint(let endpoint) = scope { only = endpoint }
        table.scan(bounds, now: now, only: only, plan.entry.push)
        plan.entry.finish()
        return plan
    }

    private func reply(_ plan: KustoPlan, took: Duration, _ exchange: Exchange) -> Reply {
        var writer = JSONWriter()
        writer.raw(#"{"tables":[{"name":"PrimaryResult","columns":["#)
        for (index, field) in plan.fields.enumerated() {
            if index > 0 { writer.raw(",") }
            writer.write(["name": .string(field.name), "type": .string(field.type.rawValue)])
        }
        writer.raw(#"],"rows":["#)
        for (number, row) in plan.sink.rows.enumerated() {
            writer.raw(number > 0 ? ",[" : "[")
            for (index, field) in plan.fields.enumerated() {
                if index > 0 { writer.raw(",") }
                writer.write(field.value(row))
            }
            writer.raw("]")
        }
        writer.raw("]}]")
        if exchange.header("prefer")?.contains("include-statistics=true") == true {
            let seconds = Double(took.components.attoseconds) / 1e18 + Double(took.components.seconds)
            writer.raw(#","statistics":"#)
            writer.write(["query": ["executionTime": .double(seconds), "resourceUsage": [:]]])
        }
        if plan.sink.isCut {
            writer.raw(#","error":"#)
            writer.write([
                "code": "PartialError", "message": "There were some errors when processing your query.",
                "details": [
                    [
                        "code": "EngineError",
                        "message": "Something went wrong processing your query on the server.",
                        "innererror": [
                            "code": "-2133196797", "severity": 2,
                            "message": .string(
                                "The results of this query exceed the set limit of \(Self.largestAnswer) records."
                            ),
                        ],
                    ]
                ],
            ])
        }
        writer.raw("}")
        return Reply(200, body: writer.bytes, contentType: "application/json; charset=utf-8")
    }

    private func error(_ status: Int, _ code: String, _ message: String) -> ServiceError {
        var error = ServiceError(status, code, message)
        error.isFromGateway = false
        return error
    }

    private func bad(_ message: String, _ inner: String, _ exchange: Exchange) -> ServiceError {
        var error = error(400, "BadArgumentError", message)
        error.more = [
            ("correlationId", .string(exchange.requestID)),
            ("innererror", ["code": "QueryValidationError", "message": .string(inner)]),
        ]
        return error
    }

    /// The nested errors of a refused query, from the outside in.
    private func refused(_ failure: KustoError, _ exchange: Exchange) -> ServiceError {
        let inner: JSON
        switch failure.kind {
        case .syntax(let line, let position, let token):
            inner = [
                "code": "SyntaxError", "message": "A recognition error occurred in the query.",
                "innererror": [
                    "code": "SYN0002", "message": .string(failure.message), "line": .int(line), "pos": .int(position),
                    "token": .string(token),
                ],
            ]
        case .semantic(let code):
            inner = [
                "code": "SemanticError", "message": "A semantic error occurred.",
                "innererror": ["code": .string(code), "message": .string(failure.message)],
            ]
        }
        var error = error(400, "BadArgumentError", "The request had some invalid properties")
        error.more = [("correlationId", .string(exchange.requestID)), ("innererror", inner)]
        return error
    }
}
