import FoundationEssentials
import HTTPTypes

extension ResourceManagerRoutes {
    private var world: World { services.world }

    /// The status or the result of a long-running operation (API.md c.6).
    func operation(_ exchange: Exchange, id: String, isResult: Bool) throws(ServiceError) -> Reply {
        guard let operation = world.operation(id: id, at: exchange.now.ticks) else {
            throw .machineLearning(
                404,
                "UserError",
                "The operation '\(id)' was not found.",
                inner: "NotFoundError",
                location: world.scenario.location,
                exchange: exchange
            )
        }
        settle(operation, exchange)
        return isResult ? result(operation, exchange) : status(operation, exchange)
    }

    /// A key that was said not to have been made is not made later, when the fault is gone.
    private func settle(_ operation: Operation, _ exchange: Exchange) {
        guard operation.changesKeys, operation.status == .failed, let failure = operation.failure else { return }
        world.keys?.fail(operationID: operation.id, at: operation.endTicks ?? exchange.now.ticks, failure)
    }

    /// How long to wait before asking again; making a key does not take as long as Azure's usual five seconds when the
    /// simulator was told to be quick.
    private func patience(_ operation: Operation, _ exchange: Exchange) -> String {
        guard operation.changesKeys else { return "5" }
        let rest = operation.startTicks + world.keyOperationTicks - exchange.now.ticks
        guard rest > 0 else { return "5" }
        return String(min(5, Int((rest - 1) / CivilTime.ticksPerSecond) + 1))
    }

    private func status(_ operation: Operation, _ exchange: Exchange) -> Reply {
        let json: JSON = [
            "id": .string("\(services.names.operationPath)/mfeOperationsStatus/\(operation.id)"),
            "name": .string(operation.id),
            "status": .string(operation.status.rawValue),
            "startTime": .string(CivilTime(ticks: operation.startTicks).iso7),
            "percentComplete": .double(operation.percentComplete),
        ]
        let reply = Reply(
            200,
            json.adding("endTime", operation.endTicks.map { .string(CivilTime(ticks: $0).iso7) })
                .adding("error", operation.failure.map { ["code": .string($0.code), "message": .string($0.message)] })
        )
        guard operation.status == .inProgress else { return reply }
        return reply.with("Retry-After", patience(operation, exchange))
    }

    private func result(_ operation: Operation, _ exchange: Exchange) -> Reply {
        let json = EndpointJSON(names: services.names, ticks: exchange.now.ticks)
        let resource =
            operation.deployment.map { json.deployment($0, of: operation.endpoint) }
            ?? json.endpoint(operation.endpoint)
        switch operation.status {
        case .inProgress:
            return Reply(202).with("Location", services.names.operationResult(operation.id))
                .with("Retry-After", patience(operation, exchange))
        case .succeeded:
            return operation.changesKeys ? Reply(200) : Reply(200, resource)
        case .failed:
            let failure = operation.failure
            return ServiceError.machineLearning(
                400,
                failure?.code ?? "BadRequest",
                failure?.message ?? "",
                inner: "BadArgument",
                location: world.scenario.location,
                exchange: exchange
            ).reply
        }
    }

    /// The actions of a deployment.
    func deploymentAction(
        _ exchange: Exchange,
        _ action: String,
        _ deployment: SimulatedDeployment,
        _ endpoint: SimulatedEndpoint
    ) throws(ServiceError) -> Reply {
        switch action {
        case "getlogs":
            try only([.post], exchange)
            return try logs(exchange, deployment, endpoint)
        case "skus":
            try only([.get], exchange)
            return Reply(200, ["value": [scaleLimits], "nextLink": nil])
        default:
            throw notFoundRoute(exchange)
        }
    }

    private var scaleLimits: JSON {
        [
            "resourceType": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
            "sku": ["name": "Default", "tier": "Standard"],
            "capacity": ["default": 1, "minimum": 1, "maximum": 50, "scaleType": "Manual"],
        ]
    }

    private struct LogOrder: Decodable {
        var containerType: String?
        var tail: Int?
    }

    private func logs(
        _ exchange: Exchange,
        _ deployment: SimulatedDeployment,
        _ endpoint: SimulatedEndpoint
    ) throws(ServiceError) -> Reply {
        let order = exchange.body.isEmpty ? LogOrder() : JSON.decode(LogOrder.self, from: exchange.body)
        let container = order?.containerType?.lowercased() ?? "inferenceserver"
        guard let order, ["inferenceserver", "storageinitializer"].contains(container), (order.tail ?? 1) >= 0 else {
            throw .machineLearning(
                400,
                "UserError",
                "The request is invalid.",
                inner: "BadArgument",
                location: world.scenario.location,
                exchange: exchange
            )
        }
        let log = ContainerLog(world: world, endpoint: endpoint, deployment: deployment, ticks: exchange.now.ticks)
        let lines =
            container == "inferenceserver" ? log.inferenceServer(tail: order.tail ?? 5_000) : log.storageInitializer
        return Reply(200, ["content": .string(lines.suffix(order.tail ?? 5_000).joined(separator: "\n"))])
    }
}
