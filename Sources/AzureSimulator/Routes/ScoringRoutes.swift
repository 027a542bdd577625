import FoundationEssentials
import HTTPTypes

/// The data plane: checks the credential of each auth mode, routes, and lets a model answer (API.md f).
struct ScoringRoutes: Sendable {
    let services: Services

    /// Routes that lead to the container; what is below them is the container's own matter.
    private static let containerRoutes: Set<String> = ["score", "v1", "v2"]

    func respond(to exchange: Exchange) async -> Reply {
        guard let target = ScoringTarget(exchange, services) else {
            return stamped(ScoringResult(.notFound).reply, exchange)
        }
        var caller = ScoringAccess.Caller()
        let result: ScoringResult
        do throws(FrontDoorRefusal) {
            if target.endpoint.specification.publicNetworkAccess == "Disabled" { throw .noPublicAccess }
            caller = try await ScoringAccess(target: target).caller(of: exchange)
            if target.route == ["swagger.json"] { return stamped(try swagger(exchange, target), exchange) }
            result = try await answer(exchange, target)
        } catch {
            result = ScoringResult(error)
        }
        let sending = ScoringSending(target: target, exchange: exchange, caller: caller, result: result)
        return sending.reply(stamped(result.reply, exchange))
    }

    /// The headers that every answer has.
    private func stamped(_ reply: Reply, _ exchange: Exchange) -> Reply {
        // The caller's own `x-request-id` is nobody's.
        var reply = reply.with("x-request-id", exchange.requestID)
        if let id = exchange.clientRequestID { reply = reply.with("x-ms-client-request-id", id) }
        // Clusters have a router of their own in front.
        reply.headers[.server] = exchange.origin == .scoring ? "azureml-frontdoor" : "azureml-fe"
        return reply
    }

    private func answer(_ exchange: Exchange, _ target: ScoringTarget) async throws(FrontDoorRefusal) -> ScoringResult {
        guard let first = target.route.first, Self.containerRoutes.contains(first) else { throw .notFound }
        let deployment = try deployment(exchange, target)
        if exchange.intake.isTooLarge { return ScoringResult(.tooLarge, by: deployment) }
        return await ScoringAttempt(target: target, deployment: deployment, exchange: exchange).result()
    }

    /// The deployment named by the header, else one drawn by the traffic split.
    private func deployment(
        _ exchange: Exchange,
        _ target: ScoringTarget
    ) throws(FrontDoorRefusal) -> SimulatedDeployment {
        let endpoint = target.endpoint
        let deployment: SimulatedDeployment?
        if let name = exchange.pinnedDeployment {
            deployment = endpoint.deployment(named: name)
        } else {
            var random = SeededRandom(UInt64(name: exchange.requestID))
            let draw = random.unit()
            deployment = endpoint.split(at: exchange.now.ticks).index(of: draw).map { endpoint.deployments[$0] }
        }
        guard let deployment else { throw .noDeployment }
        return deployment
    }

    /// What the container of some deployment says of itself.
    private func swagger(_ exchange: Exchange, _ target: ScoringTarget) throws(FrontDoorRefusal) -> Reply {
        guard exchange.method == .get else { return Reply(405, ["message": "Method not allowed"]) }
        let deployment = try deployment(exchange, target)
        let model = SimulatedModel(deployment, of: target.endpoint, world: target.services.world)
        return OpenAPIDocument(model: model, title: target.endpoint.name).reply(version: exchange.query("version"))
    }
}

extension Exchange {
    /// Bypasses the traffic rules.
    var pinnedDeployment: String? { header("azureml-model-deployment") }

    /// The caller's own id, where it is one that is echoed and logged: letters, digits, `_` and `-`, cut to 40.
    var clientRequestID: String? {
        guard let id = header("x-ms-client-request-id"), !id.isEmpty else { return nil }
        let isGood = id.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return isGood ? String(id.prefix(40)) : nil
    }
}
