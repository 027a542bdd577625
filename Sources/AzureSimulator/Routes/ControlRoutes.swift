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
        case ("devicecode", .get):
            let codes = services.deviceCodes.waiting(at: exchange.now).map { JSON.string($0.userCode) }
            return Reply(200, ["value": .array(codes)])
        case ("devicecode", .post):
            return enterCode(exchange)
        case ("requests", .get):
            let counts = services.counts.all.sorted { $0.key < $1.key }
            return Reply(200, .object(counts.map { ($0.key, .int($0.value)) }))
        default:
            return ServiceError(404, "NotFound", "There is no such control.").reply
        }
    }

    private struct Entered: Decodable {
        var userCode: String?
        var answer: String?

        enum CodingKeys: String, CodingKey {
            case userCode = "user_code"
            case answer
        }
    }

    /// What somebody would do on the page where codes are entered; without a code, the newest that waits is meant.
    private func enterCode(_ exchange: Exchange) -> Reply {
        let entered = exchange.body.isEmpty ? Entered() : JSON.decode(Entered.self, from: exchange.body)
        guard let entered, let answer = Optional(entered.answer ?? "approve"), ["approve", "decline"].contains(answer)
        else {
            return ServiceError(
                400,
                "BadRequest",
                "The body must be {\"user_code\", \"answer\": \"approve\" or \"decline\"}."
            ).reply
        }
        let isThere = services.deviceCodes.answer(entered.userCode, isApproved: answer == "approve", now: exchange.now)
        return isThere ? Reply(204) : ServiceError(404, "NotFound", "There is no such code that waits.").reply
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
