import FoundationEssentials
import HTTPTypes
import HummingbirdCore
import NIOCore

/// Answers the requests of one origin: counts, makes the trouble that was ordered, waits, routes.
struct OriginResponder: Sendable {
    /// Faults make it another for the one request.
    private(set) var services: Services
    let origin: OriginName

    private static let largestBody = 4 << 20

    init(services: Services, origin: OriginName) {
        self.services = services
        self.origin = origin
    }

    mutating func respond(
        to request: Request,
        requestID: String,
        now: Date,
        counts: RequestCounts
    ) async -> OriginServer.Outcome {
        let target = request.head.path ?? "/"
        var exchange = Exchange(
            origin: origin,
            method: request.method,
            target: target,
            headers: request.headers,
            body: [],
            requestID: requestID,
            now: now
        )
        let isControl = exchange.lowercasedPath.first == "_simulator"
        var fault: Fault.Kind?
        if !isControl {
            counts.note(exchange)
            let faults = services.faults.take(method: request.method.rawValue, target: target)
            fault = faults.first { !$0.kind.isCondition }?.kind
            for condition in faults where condition.kind.isCondition { meet(condition, &exchange) }
        }
        switch fault {
        case .drop: return .silence
        case .reset: return .reset
        default: break
        }
        guard await read(request.body, of: &exchange, isControl: isControl) else {
            return .reply(
                finished(
                    ServiceError(413, "RequestEntityTooLarge", "The request body is too large.").reply,
                    exchange.serverTime
                )
            )
        }
        if isControl { return .reply(finished(ControlRoutes(services: services).respond(to: exchange), now)) }
        await hold(fault)
        if case .status(let status, let headers, let text) = fault {
            return .reply(finished(.fault(status: status, headers: headers, body: text), exchange.serverTime))
        }
        // The clock may have moved while the answer was held back.
        let reply = finished(await route(exchange), services.options.clock.now() + exchange.skewSeconds)
        switch fault {
        case .halfBody: return .halfBody(reply.body.count > 1 ? reply : reply.with(body: Array("{\"value\":[]}".utf8)))
        case .malformedJSON:
            return .reply(reply.with(body: Array(reply.body.prefix(reply.body.count / 2)) + Array("{\"".utf8)))
        default: return .reply(reply)
        }
    }

    /// Reads the body; `false` where it is too long, or did not come to its end.
    private func read(_ body: RequestBody, of exchange: inout Exchange, isControl: Bool) async -> Bool {
        if isScoring(exchange), !isControl {
            let target = ScoringTarget(exchange, services)
            let clock = services.options.clock
            return (try? await services.scoring.read(body, of: &exchange, for: target, clock: clock)) != nil
        }
        guard let bytes = try? await body.collect(upTo: Self.largestBody) else { return false }
        exchange.body = Array(bytes.readableBytesView)
        return true
    }

    private func isScoring(_ exchange: Exchange) -> Bool {
        switch origin {
        case .resourceManager, .logAnalytics: false
        case .scoring: true
        case .kubernetesScoring: exchange.lowercasedPath.first != "metadata"
        }
    }

    private mutating func meet(_ condition: Fault, _ exchange: inout Exchange) {
        switch condition.kind {
        case .revokeTokens: services.ledger.revokeAll()
        case .expireTokens: services.ledger.expireAll()
        case .challengeClaims: services.ledger.challengeAll(now: exchange.serverTime)
        case .stuckOperation:
            services.world.operationTrouble = OperationTrouble(kind: .stuck, sinceTicks: condition.orderedTicks)
        case .failOperation(let failure):
            services.world.operationTrouble = OperationTrouble(
                kind: .failing(failure),
                sinceTicks: condition.orderedTicks
            )
        case .clockSkew(let seconds): exchange.skewSeconds += seconds
        case .status, .delay, .drop, .reset, .halfBody, .malformedJSON: break
        }
    }

    private func hold(_ fault: Fault.Kind?) async {
        var milliseconds = services.options.latencyMilliseconds
        if case .delay(let more) = fault { milliseconds += more }
        if milliseconds > 0 { try? await services.options.clock.sleep(.milliseconds(milliseconds)) }
    }

    private func route(_ exchange: Exchange) async -> Reply {
        switch origin {
        case .resourceManager:
            if let reply = MetadataRoutes(services: services).respond(to: exchange) { return reply }
            if let reply = await SignInRoutes(services: services).respond(to: exchange) { return reply }
            return await ResourceManagerRoutes(services: services).respond(to: exchange)
        case .logAnalytics:
            return await LogAnalyticsRoutes(services: services).respond(to: exchange)
        case .scoring, .kubernetesScoring:
            return isScoring(exchange)
                ? await ScoringRoutes(services: services).respond(to: exchange)
                : await ManagedIdentityRoutes(services: services).respond(to: exchange)
        }
    }

    private func finished(_ reply: Reply, _ now: Date) -> Reply {
        var reply = reply
        if reply.headers[.date] == nil { reply.headers[.date] = CivilTime(now).http }
        return reply
    }
}

extension Reply {
    fileprivate func with(body: [UInt8]) -> Reply {
        var reply = self
        reply.body = body
        reply.parts = nil
        return reply
    }
}
