import FoundationEssentials
import HTTPTypes

/// Azure Resource Manager: checks the version, the token and the budget, then finds the resource.
struct ResourceManagerRoutes: Sendable {
    let services: Services

    private var world: World { services.world }

    func respond(to exchange: Exchange) async -> Reply {
        var exchange = exchange
        var reply: Reply
        do throws(ServiceError) {
            // The SDK looks for model registries here, with a version of another form; there are none.
            if exchange.lowercasedPath.first == "registrymanagement" { throw notFoundRoute(exchange) }
            try checkVersion(exchange)
            let claims = try await signedIn(exchange)
            exchange.caller = claims
            if exchange.lowercasedPath == GraphRoutes.path {
                return withStandardHeaders(
                    GraphRoutes(services: services).respond(to: exchange, user: claims.oid),
                    exchange
                )
            }
            // However it is asked for, this is one read.
            let isRead = InsightsRoutes.isOfSubscription(exchange.lowercasedPath)
            let kind = isRead ? .reads : RateLimiter.Kind(method: exchange.method.rawValue)
            let verdict = services.limiter.take(
                kind,
                principal: claims.oid,
                subscription: exchange.subscriptionID ?? "",
                now: exchange.now
            )
            switch verdict {
            case .throttled(let seconds):
                reply = throttled(kind, seconds).reply
                reply.headers.set("x-ms-ratelimit-remaining-subscription-\(kind.rawValue)", "0")
            case .allowed(let remaining, let remainingGlobally):
                reply = await answer(exchange)
                if let record = ActivityRecord(exchange, answered: reply) { services.activity.note(record) }
                reply.headers.set("x-ms-ratelimit-remaining-subscription-\(kind.rawValue)", String(remaining))
                reply.headers.set(
                    "x-ms-ratelimit-remaining-subscription-global-\(kind.rawValue)",
                    String(remainingGlobally)
                )
            }
        } catch {
            reply = error.reply
        }
        return withStandardHeaders(reply, exchange)
    }

    private func answer(_ exchange: Exchange) async -> Reply {
        do throws(ServiceError) {
            guard let id = exchange.subscriptionID else { return try await route(exchange) }
            if id == world.closedSubscriptionID { return try closedSubscription(exchange) }
            let routes = ResourceManagerRoutes(services: services.within(subscription: id))
            return try await routes.allowed(exchange)
        } catch {
            return error.reply
        }
    }

    /// A subscription that nobody has is missing before it is forbidden.
    private func allowed(_ exchange: Exchange) async throws(ServiceError) -> Reply {
        if exchange.subscriptionID == world.subscriptionID { try checkAccess(exchange) }
        return try await route(exchange)
    }

    private func checkVersion(_ exchange: Exchange) throws(ServiceError) {
        guard let version = exchange.query("api-version"), !version.isEmpty else {
            throw ServiceError(
                400,
                "MissingApiVersionParameter",
                "The api-version query parameter (?api-version=) is required for all requests."
            )
        }
        let parts = version.split(separator: "-", omittingEmptySubsequences: false)
        let isDate = parts.count >= 3 && zip(parts, [4, 2, 2]).allSatisfy { $0.utf8.count == $1 && Int($0) != nil }
        guard isDate, parts.count == 3 || (parts.count == 4 && parts[3] == "preview") else {
            throw ServiceError(400, "InvalidApiVersionParameter", "The api-version '\(version)' is invalid.")
        }
    }

    private func signedIn(_ exchange: Exchange) async throws(ServiceError) -> AccessClaims {
        do throws(BearerFault) {
            return try await services.bearers.claims(
                of: exchange,
                audiences: services.audiences.resourceManager,
                mayChallenge: true
            )
        } catch {
            throw unauthorized(error, exchange)
        }
    }

    /// The 401 of each fault, in Resource Manager's words (API.md c.2).
    private func unauthorized(_ fault: BearerFault, _ exchange: Exchange) -> ServiceError {
        let allowed = services.audiences.resourceManager.map { "'\($0)/','\($0)'" }.joined(separator: ",")
        let (code, message): (String, String) =
            switch fault {
            case .missing:
                ("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.")
            case .malformed, .revoked:
                ("InvalidAuthenticationToken", "The access token is invalid.")
            case .insufficientClaims:
                (
                    "InvalidAuthenticationToken",
                    "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: "
                        + "TokenIssuedBeforeRevocationTimestamp"
                )
            case .expired(let expiry):
                (
                    "ExpiredAuthenticationToken",
                    "The access token expiry UTC time '\(CivilTime(expiry).american)' is earlier than current UTC time "
                        + "'\(CivilTime(exchange.serverTime).american)'."
                )
            case .wrongAudience(let audience):
                (
                    "InvalidAuthenticationTokenAudience",
                    "The access token has been obtained for wrong audience or resource '\(audience)'. It should exactly "
                        + "match with one of the allowed audiences \(allowed)."
                )
            case .wrongTenant(let tenant):
                (
                    "InvalidAuthenticationTokenTenant",
                    "The access token is from the wrong issuer 'https://sts.windows.net/\(tenant)/'. It must match the tenant "
                        + "'https://sts.windows.net/\(world.tenantID)/' associated with this subscription. Please use the "
                        + "authority (URL) 'https://login.windows.net/\(world.tenantID)' to get the token. Note, if the "
                        + "subscription is transferred to another tenant there is no impact to the services, but information "
                        + "about new tenant could take time to propagate (up to an hour). If you just transferred your "
                        + "subscription and see this error message, please try back later."
                )
            }
        let description =
            switch fault {
            case .missing: "The authentication failed because of missing 'Authorization' header."
            default: message
            }
        var error = ServiceError(401, code, message)
        if case .insufficientClaims(let since) = fault {
            error.headers.append(("WWW-Authenticate", claimsChallenge(since: since)))
            return error
        }
        error.headers.append(
            (
                "WWW-Authenticate",
                "Bearer authorization_uri=\"https://login.windows.net/\(world.tenantID)\", error=\"invalid_token\", "
                    + "error_description=\"\(description)\""
            )
        )
        return error
    }

    /// The demand for a token that was issued after a time (API.md b.9).
    private func claimsChallenge(since: Date) -> String {
        let seconds = String(Int(since.timeIntervalSince1970))
        let demand: JSON = ["access_token": ["nbf": ["essential": true, "value": .string(seconds)]]]
        return "Bearer authorization_uri=\"https://login.windows.net/common/oauth2/authorize\", "
            + "error=\"insufficient_claims\", claims=\"\(Data(demand.bytes).base64EncodedString())\""
    }

    private func throttled(_ kind: RateLimiter.Kind, _ seconds: Int) -> ServiceError {
        let operation =
            switch kind {
            case .reads: "Read"
            case .writes: "Write"
            case .deletes: "Delete"
            }
        var error = ServiceError(
            429,
            "SubscriptionRequestsThrottled",
            "Number of requests for subscription '\(world.subscriptionID)' and operation '\(operation)' exceeded the limit. "
                + "Please try again after '\(seconds)' seconds after additional limits are available."
        )
        error.headers.append(("Retry-After", String(seconds)))
        return error
    }

    private func withStandardHeaders(_ reply: Reply, _ exchange: Exchange) -> Reply {
        var reply = reply
        let correlation = exchange.header("x-ms-correlation-request-id") ?? exchange.requestID
        reply.headers.set("x-ms-request-id", exchange.requestID)
        reply.headers.set("x-ms-correlation-request-id", correlation)
        reply.headers.set(
            "x-ms-routing-request-id",
            "KOREACENTRAL:\(CivilTime(exchange.now).compact):\(exchange.requestID)"
        )
        if exchange.header("x-ms-return-client-request-id")?.lowercased() == "true",
            let id = exchange.header("x-ms-client-request-id")
        {
            reply.headers.set("x-ms-client-request-id", id)
        }
        reply.headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        reply.headers.set("X-Content-Type-Options", "nosniff")
        reply.headers.set("Cache-Control", "no-cache")
        reply.headers.set("Pragma", "no-cache")
        reply.headers.set("Expires", "-1")
        return reply
    }
}
