import FoundationEssentials

/// `regenerateKeys`: a new key, made by an operation that takes a while.
extension ResourceManagerRoutes {
    private var world: World { services.world }

    private struct Order: Decodable {
        var keyType: String?
        var keyValue: String?
    }

    func regenerateKeys(_ endpoint: SimulatedEndpoint, _ exchange: Exchange) throws(ServiceError) -> Reply {
        let ticks = exchange.now.ticks
        guard let order = JSON.decode(Order.self, from: exchange.body) else {
            throw refused("The request body is missing or not valid JSON.", exchange)
        }
        guard let slot = order.keyType.flatMap({ EndpointCredentials.Slot(rawValue: $0.lowercased()) }) else {
            throw refused(
                "The value '\(order.keyType ?? "")' of keyType is not valid. Supported values are: Primary, Secondary.",
                exchange
            )
        }
        if let value = order.keyValue, !(1...512).contains(value.utf8.count) {
            throw refused("The length of keyValue is not valid.", exchange)
        }
        let running = [world.operation(on: endpoint, at: ticks), world.keyOperation(on: endpoint, at: ticks)]
        guard running.allSatisfy({ $0?.status != .inProgress }) else { throw busy(endpoint, exchange) }
        let change = change(slot, of: endpoint, wanted: order.keyValue, exchange)
        guard world.keys?.begin(change) == true else { throw busy(endpoint, exchange) }
        let seconds = Int(world.keyOperationTicks / CivilTime.ticksPerSecond)
        return Reply(202)
            .with("Location", services.names.operationResult(change.operationID))
            .with("Azure-AsyncOperation", services.names.operationStatus(change.operationID))
            // Azure's own shortest is ten seconds; a simulator told to be quick says so.
            .with("Retry-After", String(min(10, seconds)))
    }

    private func change(
        _ slot: EndpointCredentials.Slot,
        of endpoint: SimulatedEndpoint,
        wanted: String?,
        _ exchange: Exchange
    ) -> KeyStore.Change {
        let ticks = exchange.now.ticks
        let id = "oeidp:\(endpoint.operationGUID):\(exchange.requestID.lowercased())"
        let current = services.key(slot, of: endpoint, at: ticks).key
        // The official SDK sends the key as it is and expects another one.
        let chosen = wanted.flatMap { $0 == current ? nil : $0 }
        var failure: OperationFailure?
        if case .failing(let ordered)? = world.operationTrouble?.kind { failure = ordered }
        return KeyStore.Change(
            endpoint: world.keyName(of: endpoint),
            slot: slot,
            key: chosen ?? services.credentials.key(slot, of: endpoint, madeBy: id),
            operationID: id,
            startTicks: ticks,
            endTicks: ticks + world.keyOperationTicks,
            failure: failure
        )
    }

    private func busy(_ endpoint: SimulatedEndpoint, _ exchange: Exchange) -> ServiceError {
        .machineLearning(
            409,
            "Conflict",
            "Already running method on endpoint '\(endpoint.name)'. Wait for it to end before another one is begun.",
            inner: "ConflictError",
            location: world.scenario.location,
            exchange: exchange
        )
    }

    private func refused(_ message: String, _ exchange: Exchange) -> ServiceError {
        .machineLearning(
            400,
            "UserError",
            message,
            inner: "BadArgument",
            location: world.scenario.location,
            exchange: exchange
        )
    }
}
