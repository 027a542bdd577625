import HTTPTypes

/// The simulator's own controls, on every origin and without a token: only this machine can reach them.
struct ControlRoutes: Sendable {
    let services: Services

    func respond(to exchange: Exchange) -> Reply {
        switch (exchange.lowercasedPath.dropFirst().joined(separator: "/"), exchange.method) {
        case ("faults", .get):
            return Reply(200, ["value": .array(services.faults.list.map(\.json))])
        case ("faults", .post):
            return order(exchange)
        case ("faults", .delete):
            services.faults.clear()
            return Reply(204)
        case ("requests", .get):
            let counts = services.counts.all.sorted { $0.key < $1.key }
            return Reply(200, .object(counts.map { ($0.key, .int($0.value)) }))
        default:
            return ServiceError(404, "NotFound", "There is no such control.").reply
        }
    }

    private func order(_ exchange: Exchange) -> Reply {
        guard let order = JSON.decode(Fault.Order.self, from: exchange.body) else {
            return ServiceError(
                400,
                "BadRequest",
                "The body must be {\"match\": {\"method\", \"path\"}, \"fault\": {\"kind\", …}, \"count\"}."
            ).reply
        }
        do {
            return Reply(201, try services.faults.add(order, at: exchange.now.ticks).json)
        } catch {
            return ServiceError(400, "BadRequest", error.message).reply
        }
    }
}
