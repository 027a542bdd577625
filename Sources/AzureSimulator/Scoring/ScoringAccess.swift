/// Judges the credential of a scoring request: a key, an Azure ML token or a Microsoft Entra token (API.md f.3).
struct ScoringAccess: Sendable {
    let target: ScoringTarget

    private var services: Services { target.services }
    private var endpoint: SimulatedEndpoint { target.endpoint }

    /// Who was let in, as far as the log says it.
    struct Caller: Sendable {
        /// `IdentityData`: the object id behind a Microsoft Entra token; keys and Azure ML tokens do not say whose they are.
        var identity = ""
    }

    /// - Throws: What the front door says to somebody it does not let in.
    func caller(of exchange: Exchange) async throws(FrontDoorRefusal) -> Caller {
        let mode = endpoint.specification.authMode
        let token: String
        do throws(BearerFault) {
            token = try BearerCheck.token(of: exchange)
        } catch {
            throw FrontDoorRefusal(
                401,
                mode == "Key" ? "key_auth_bad_header_forbidden" : "token_auth_bad_header_forbidden"
            )
        }
        switch mode {
        case "Key":
            let keys = EndpointCredentials.Slot.allCases.map { services.key($0, of: endpoint, at: exchange.now.ticks) }
            guard keys.contains(where: { $0.key == token || $0.predecessors.contains(token) }) else {
                throw FrontDoorRefusal(401, "key_auth_access_denied")
            }
            return Caller()
        case "AMLToken":
            let claims = await services.issuer.claims(of: token, as: EndpointClaims.self)
            guard let claims, claims.aud == services.names.endpoint(endpoint).lowercased(),
                (try? services.bearers.checkTime(expiry: claims.exp, stamp: claims.jti, exchange)) != nil
            else { throw FrontDoorRefusal(401, "token_auth_access_denied") }
            return Caller()
        default:
            return try await person(exchange)
        }
    }

    private func person(_ exchange: Exchange) async throws(FrontDoorRefusal) -> Caller {
        let claims: AccessClaims
        do throws(BearerFault) {
            claims = try await services.bearers.claims(of: exchange, audiences: services.audiences.machineLearning)
        } catch {
            if case .wrongTenant = error {
                throw FrontDoorRefusal(
                    403,
                    "Tenant mismatch: Token tenant does not match resource tenant",
                    reason: "tenant_mismatch"
                )
            }
            throw FrontDoorRefusal(401, "aad_token_auth_access_denied")
        }
        let action = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action"
        guard services.access.allows(claims.oid, action, at: services.names.endpoint(endpoint)) else {
            throw FrontDoorRefusal(401, "aad_token_auth_access_denied")
        }
        return Caller(identity: claims.oid)
    }
}

/// What the front door answers without a model: plain text, and the reason the log gives.
struct FrontDoorRefusal: Error, Sendable {
    let status: Int
    let text: String
    let reason: String

    /// - Parameters:
    ///   - status: The status.
    ///   - text: The body.
    ///   - reason: `ResponseCodeReason`; the text itself without it.
    init(_ status: Int, _ text: String, reason: String? = nil) {
        self.status = status
        self.text = text
        self.reason = reason ?? text
    }

    /// A status that a body asks for, in the front door's usual words.
    init(status: Int) {
        switch status {
        case 408: self = .timeout
        case 409: self.init(409, "Operation in progress", reason: "operation_in_progress")
        case 413: self = .tooLarge
        case 429: self = .tooMany
        case 500: self.init(500, "Internal Server Error", reason: "internal_server_error")
        case 502: self = .badGateway
        case 503: self = .unavailable
        case 504: self = .gatewayTimeout
        default: self.init(status, "Refused with \(status)", reason: "refused")
        }
    }

    static let notFound = FrontDoorRefusal(404, "Not Found", reason: "not_found")
    static let noDeployment = FrontDoorRefusal(404, "No deployment to route to", reason: "no_deployment")
    static let noPublicAccess = FrontDoorRefusal(
        403,
        "Public network access is disabled for this endpoint",
        reason: "public_network_access_disabled"
    )
    static let tooLarge = FrontDoorRefusal(413, "Payload Too Large", reason: "payload_too_large")
    static let timeout = FrontDoorRefusal(408, "upstream request timeout")
    static let tooMany = FrontDoorRefusal(429, "", reason: "too_many_pending_request")
    static let badGateway = FrontDoorRefusal(502, "Bad Gateway", reason: "bad_gateway")
    static let unavailable = FrontDoorRefusal(503, "Service Unavailable", reason: "service_unavailable")
    static let gatewayTimeout = FrontDoorRefusal(504, "Gateway Timeout", reason: "gateway_timeout")
    /// The client did not wait; the status is for the log alone.
    static let clientGone = FrontDoorRefusal(499, "", reason: "client_closed_request")
}
