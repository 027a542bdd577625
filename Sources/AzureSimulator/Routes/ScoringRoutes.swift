import FoundationEssentials
import HTTPTypes

/// The data plane: checks the credential of each auth mode, routes, and lets a small model answer (API.md f).
struct ScoringRoutes: Sendable {
    let services: Services

    private var world: World { services.world }

    func respond(to exchange: Exchange) async -> Reply {
        var reply = await answer(exchange)
        reply.headers.set("x-request-id", exchange.requestID)
        if let id = exchange.header("x-ms-client-request-id") {
            reply.headers.set("x-ms-client-request-id", String(id.prefix(40)))
        }
        if exchange.origin == .scoring { reply.headers[.server] = "azureml-frontdoor" }
        return reply
    }

    private func answer(_ exchange: Exchange) async -> Reply {
        let prefix = exchange.origin == .kubernetesScoring ? ["api", "v1", "endpoint"] : []
        let path = exchange.path
        guard path.count == prefix.count + 2, exchange.lowercasedPath.prefix(prefix.count).elementsEqual(prefix),
            let endpoint = world.endpoint(named: path[prefix.count]),
            endpoint.isKubernetes == (exchange.origin == .kubernetesScoring)
        else { return .text(404, "Not Found") }
        if let refusal = await refusal(exchange, endpoint) { return refusal }
        switch path[prefix.count + 1] {
        case "score":
            guard exchange.method == .post else { return Reply(405, ["message": "Method not allowed"]) }
            return score(exchange, endpoint)
        case "swagger.json":
            guard exchange.method == .get else { return Reply(405, ["message": "Method not allowed"]) }
            return Reply(200, swagger(endpoint))
        default:
            return .text(404, "Not Found")
        }
    }

    /// The plain text of a credential that is not good; `nil` lets the request in.
    private func refusal(_ exchange: Exchange, _ endpoint: SimulatedEndpoint) async -> Reply? {
        let isKey = endpoint.specification.authMode == "Key"
        let token: String
        do throws(BearerFault) {
            token = try BearerCheck.token(of: exchange)
        } catch {
            return .text(401, isKey ? "key_auth_bad_header_forbidden" : "token_auth_bad_header_forbidden")
        }
        switch endpoint.specification.authMode {
        case "Key":
            let keys = EndpointCredentials.Slot.allCases.map { services.key($0, of: endpoint, at: exchange.now.ticks) }
            let isGood = keys.contains { $0.key == token || $0.predecessors.contains(token) }
            return isGood ? nil : .text(401, "key_auth_access_denied")
        case "AMLToken":
            let claims = await services.issuer.claims(of: token, as: EndpointClaims.self)
            guard let claims, claims.aud == services.names.endpoint(endpoint).lowercased(),
                (try? services.bearers.checkTime(expiry: claims.exp, stamp: claims.jti, exchange)) != nil
            else { return .text(401, "token_auth_access_denied") }
            return nil
        default:
            do throws(BearerFault) {
                let claims = try await services.bearers.claims(
                    of: exchange,
                    audiences: services.audiences.machineLearning
                )
                let action = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action"
                let isAllowed = services.access.allows(claims.oid, action, at: services.names.endpoint(endpoint))
                return isAllowed ? nil : .text(401, "aad_token_auth_access_denied")
            } catch {
                if case .wrongTenant = error {
                    return .text(403, "Tenant mismatch: Token tenant does not match resource tenant")
                }
                return .text(401, "aad_token_auth_access_denied")
            }
        }
    }

    private func score(_ exchange: Exchange, _ endpoint: SimulatedEndpoint) -> Reply {
        guard let deployment = deployment(exchange, endpoint) else { return .text(404, "No deployment to route to") }
        guard world.isServing(deployment, of: endpoint, at: exchange.now.ticks) else { return notReady(deployment) }
        if let trouble = trouble(deployment, exchange) { return trouble }
        var random = SeededRandom(UInt64(name: exchange.requestID), deployment.salt)
        let milliseconds = deployment.specification.medianMs * (0.8 + 0.4 * random.unit())
        guard let input = JSON.decode(JSON.self, from: exchange.body) else {
            return scriptFailed(deployment)
        }
        return Reply(200, Self.prediction(for: input, salt: deployment.salt))
            .with("azureml-model-deployment", deployment.name)
            .with("azureml-model-session", deployment.name)
            .with("x-ms-run-function-failed", "False")
            .with("x-ms-run-fn-exec-ms", "\((milliseconds * 1_000).rounded() / 1_000)")
            .with("x-ms-server-version", "azmlinfsrv/1.4.0")
            .with("x-ms-request-id", exchange.requestID)
    }

    /// What a bad spell makes of a request that would have been answered.
    private func trouble(_ deployment: SimulatedDeployment, _ exchange: Exchange) -> Reply? {
        let spell = deployment.spell(at: exchange.now.ticks)
        guard spell.startTicks > .min else { return nil }
        var random = SeededRandom(UInt64(name: exchange.requestID), UInt64(name: "spell"))
        let outcome = spell.outcome(of: random.unit())
        switch outcome {
        case .modelError: return scriptFailed(deployment)
        case .notReady: return notReady(deployment)
        case .timeout: return .text(408, "upstream request timeout")
        case .throttled:
            return Reply(429, contentType: "text/plain").with(
                "ms-azureml-model-error-reason",
                "too_many_pending_request"
            )
        case .gateway: return .text(502, "Bad Gateway")
        case .serverError: return .text(500, "Internal Server Error")
        // What these blame is on the caller's side, and was checked.
        case .success, .clientError, .unauthorized: return nil
        }
    }

    private func notReady(_ deployment: SimulatedDeployment) -> Reply {
        failed(deployment, status: 503, reason: "model_not_ready", body: Reply.text(424, "no healthy upstream"))
    }

    private func scriptFailed(_ deployment: SimulatedDeployment) -> Reply {
        failed(
            deployment,
            status: 500,
            reason: "model_error",
            body: Reply(
                424,
                ["message": "An unexpected error occurred in scoring script. Check the logs for more info."]
            )
        )
    }

    private func failed(_ deployment: SimulatedDeployment, status: Int, reason: String, body: Reply) -> Reply {
        body.with("azureml-model-deployment", deployment.name)
            .with("ms-azureml-model-error-statuscode", String(status))
            .with("ms-azureml-model-error-reason", reason)
    }

    /// The deployment named by the header, else one drawn by the traffic split.
    private func deployment(_ exchange: Exchange, _ endpoint: SimulatedEndpoint) -> SimulatedDeployment? {
        if let name = exchange.header("azureml-model-deployment") { return endpoint.deployment(named: name) }
        var random = SeededRandom(UInt64(name: exchange.requestID))
        let draw = random.unit()
        return endpoint.split(at: exchange.now.ticks).index(of: draw).map { endpoint.deployments[$0] }
    }

    /// One number between 0 and 1 for each row of `data` (or of `input_data`), the same for the same row.
    private static func prediction(for input: JSON, salt: UInt64) -> JSON {
        guard case .object(let members) = input,
            let data = members.first(where: { ["data", "input_data", "inputs"].contains($0.key) })?.value
        else { return [score(input, salt)] }
        guard case .array(let rows) = data else { return [score(data, salt)] }
        return .array(rows.map { score($0, salt) })
    }

    private static func score(_ row: JSON, _ salt: UInt64) -> JSON {
        var random = SeededRandom(salt, UInt64(name: row.text))
        return .double((random.unit() * 10_000).rounded() / 10_000)
    }

    private func swagger(_ endpoint: SimulatedEndpoint) -> JSON {
        [
            "swagger": "2.0",
            "info": ["title": .string(endpoint.name), "version": "1.0"],
            "schemes": ["https"], "consumes": ["application/json"], "produces": ["application/json"],
            "paths": [
                "/score": [
                    "post": [
                        "operationId": "RunMLService",
                        "parameters": [
                            [
                                "name": "serviceInputPayload", "in": "body",
                                "schema": ["$ref": "#/definitions/ServiceInput"],
                            ]
                        ],
                        "responses": [
                            "200": ["description": "The scores", "schema": ["$ref": "#/definitions/ServiceOutput"]]
                        ],
                    ]
                ]
            ],
            "definitions": [
                "ServiceInput": [
                    "type": "object",
                    "properties": [
                        "data": ["type": "array", "items": ["type": "array", "items": ["type": "number"]]]
                    ],
                    "example": ["data": [[1, 2, 3, 4]]],
                ],
                "ServiceOutput": ["type": "array", "items": ["type": "number"]],
            ],
        ]
    }
}
