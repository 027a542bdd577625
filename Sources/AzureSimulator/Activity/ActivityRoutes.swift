import FoundationEssentials
import HTTPTypes

/// The Activity Log: `GET …/providers/Microsoft.Insights/eventtypes/management/values` (API.md g.5).
struct ActivityRoutes: Sendable {
    let services: Services

    private var world: World { services.world }

    static let path = ["providers", "microsoft.insights", "eventtypes", "management", "values"]
    private static let retentionTicks: Int64 = 90 * 864_000_000_000

    func respond(to exchange: Exchange) throws(ServiceError) -> Reply {
        guard let filter = exchange.query("$filter").flatMap({ ActivityFilter($0) }) else {
            throw bad("The filter is missing or not valid. It must have at least a start: eventTimestamp ge '…'.")
        }
        let now = exchange.now.ticks
        // A minute's grace, because nobody's clock is exact.
        guard filter.startTicks >= now - Self.retentionTicks - 60 * CivilTime.ticksPerSecond else {
            throw bad("The start time cannot be more than 90 day(s) in the past.")
        }
        let all = events(filter, now: now).sorted { ($0.ticks, $0.number) > ($1.ticks, $1.number) }
        guard let start = Int(exchange.query("$skiptoken") ?? "0"), (0...all.count).contains(start) else {
            throw bad("The skip token is not valid.")
        }
        let end = min(start + services.options.pageSize, all.count)
        let selected = exchange.query("$select").map { Set($0.split(separator: ",").map { String($0).trimmed }) }
        let items = all[start..<end].map { selected.map($0.json.keeping) ?? $0.json }
        return Reply(
            200,
            [
                "value": .array(items),
                "nextLink": end < all.count ? .string(nextLink(exchange, skip: end)) : nil,
            ]
        )
    }

    private func events(_ filter: ActivityFilter, now: Int64) -> [ActivityEventJSON] {
        let mine = services.names.subscription.lowercased()
        let endpoints = filter.endpointName.map { [world.endpoint(named: $0)].compactMap(\.self) } ?? world.endpoints
        let history = ActivityHistory(names: services.names).records(of: endpoints)
        let recent = services.activity.all.filter { mine.isScope(over: $0.scope) }
        return (history + recent).filter { filter.takes($0) }.flatMap { events(of: $0, now: now) }
            .filter { filter.takes($0.ticks) && $0.ticks <= now }
    }

    /// A beginning and an end; of what takes a while also how it ended.
    private func events(of record: ActivityRecord, now: Int64) -> [ActivityEventJSON] {
        func event(_ number: Int, _ status: String, _ httpStatus: Int?, at ticks: Int64) -> ActivityEventJSON {
            ActivityEventJSON(
                record: record,
                number: number,
                ticks: ticks,
                eventName: httpStatus == nil ? "BeginRequest" : "EndRequest",
                status: status,
                httpStatus: httpStatus,
                tenantID: world.tenantID
            )
        }
        let isGood = (200..<300).contains(record.status)
        let answer = !isGood ? "Failed" : record.status == 202 ? "Accepted" : "Succeeded"
        var events = [event(0, "Started", nil, at: record.ticks), event(1, answer, record.status, at: record.ticks)]
        if let took = record.tookTicks { events.append(event(2, "Succeeded", 200, at: record.ticks + took)) }
        if let id = record.longOperationID, let operation = world.operation(id: id, at: now),
            let end = operation.endTicks
        {
            let isDone = operation.status == .succeeded
            events.append(event(2, isDone ? "Succeeded" : "Failed", isDone ? 200 : 400, at: max(end, record.ticks)))
        }
        return events
    }

    private func nextLink(_ exchange: Exchange, skip: Int) -> String {
        let parts = exchange.target.split(separator: "?", maxSplits: 1)
        let kept = (parts.count > 1 ? parts[1] : "").split(separator: "&").filter {
            PercentCoding.pairs($0).first?.name.lowercased() != "$skiptoken"
        }
        return
            "\(services.names.arm)\(parts[0])?\((kept.map(String.init) + ["$skiptoken=\(skip)"]).joined(separator: "&"))"
    }

    /// Azure Monitor answers with the bare error object here.
    private func bad(_ message: String) -> ServiceError {
        var error = ServiceError(400, "BadRequest", message)
        error.isBare = true
        return error
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}

extension JSON {
    /// The object with these members alone; the id and the times are always there.
    fileprivate func keeping(_ names: Set<String>) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { names.contains($0.key) || $0.key == "id" || $0.key == "eventTimestamp" })
    }
}

extension ActivityRecord {
    /// What a request did; `nil` for one that only asked.
    init?(_ exchange: Exchange, answered reply: Reply) {
        guard let caller = exchange.caller, exchange.method != .get, exchange.method != .head,
            let needed = ResourceAction(exchange), !needed.action.hasSuffix("/read")
        else { return nil }
        let location = reply.header("Location")?.split(separator: "?").first?.split(separator: "/").last
        self.init(
            action: needed.action,
            scope: needed.scope,
            actor: Actor(
                name: caller.callerName,
                objectID: caller.oid,
                appID: caller.appid,
                displayName: caller.name,
                proof: caller.appidacr
            ),
            ticks: exchange.now.ticks,
            method: exchange.method.rawValue,
            status: reply.status,
            operationID: exchange.requestID,
            correlationID: exchange.header("x-ms-correlation-request-id") ?? exchange.requestID,
            clientRequestID: exchange.header("x-ms-client-request-id"),
            longOperationID: reply.status == 202 ? location.map(String.init) : nil
        )
    }
}
