import HTTPTypes

/// A line of the Activity Log (API.md g.5).
struct ActivityEventJSON: Sendable {
    let record: ActivityRecord
    /// Its place among the lines of the record.
    let number: Int
    let ticks: Int64
    /// `BeginRequest` or `EndRequest`.
    let eventName: String
    /// `Started`, `Accepted`, `Succeeded`, `Failed`.
    let status: String
    /// The HTTP status the line is about; nil where it tells of a beginning.
    let httpStatus: Int?
    let tenantID: String

    var json: JSON {
        let path = record.scope.split(separator: "/").map(String.init)
        let provider = record.action.split(separator: "/").first.map(String.init) ?? ""
        var random = SeededRandom(UInt64(name: record.operationID), UInt64(name: status), UInt64(bitPattern: ticks))
        let id = GUID.text(&random)
        return [
            "authorization": ["action": .string(record.action), "scope": .string(record.scope)],
            "caller": .string(record.actor.name),
            "channels": "Operation",
            "claims": claims,
            "correlationId": .string(record.correlationID),
            "description": "",
            "eventDataId": .string(id),
            "eventName": Self.word(eventName, eventName == "BeginRequest" ? "Begin request" : "End request"),
            "category": Self.word("Administrative"),
            "httpRequest": [
                "clientRequestId": .string(record.clientRequestID ?? record.operationID),
                "clientIpAddress": "127.0.0.1", "method": .string(record.method),
            ],
            "id": .string("\(record.scope)/events/\(id)/ticks/\(ticks + 621_355_968_000_000_000)"),
            "level": status == "Failed" ? "Error" : "Informational",
            "resourceGroupName": path.count > 3 ? .string(path[3]) : "",
            "resourceProviderName": Self.word(provider),
            "resourceId": .string(record.scope),
            "resourceType": Self.word(resourceType),
            "operationId": .string(record.operationID),
            "operationName": Self.word(record.action),
            "properties": properties,
            "status": Self.word(status),
            "subStatus": subStatus,
            "eventTimestamp": .string(CivilTime(ticks: ticks).iso7),
            "submissionTimestamp": .string(CivilTime(ticks: ticks + 2 * CivilTime.ticksPerSecond).iso7),
            "subscriptionId": .string(path.count > 1 ? path[1] : ""),
            "tenantId": .string(tenantID),
        ]
    }

    private static func word(_ value: String, _ localized: String? = nil) -> JSON {
        ["value": .string(value), "localizedValue": .string(localized ?? value)]
    }

    /// The types of the action without the verb.
    private var resourceType: String {
        let parts = record.action.split(separator: "/")
        return parts.dropLast(parts.last == "action" ? 2 : 1).joined(separator: "/")
    }

    private var properties: JSON {
        let base: JSON = ["eventCategory": "Administrative", "entity": .string(record.scope)]
        return base.adding("message", .string(record.action))
            .adding("statusCode", httpStatus.map { .string(Self.phrase($0)) })
    }

    private var subStatus: JSON {
        guard let httpStatus else { return Self.word("") }
        let phrase = Self.phrase(httpStatus)
        return Self.word(phrase, "\(phrase) (HTTP Status Code: \(httpStatus))")
    }

    private static func phrase(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "NoContent"
        case 400: "BadRequest"
        case 403: "Forbidden"
        case 404: "NotFound"
        case 405: "MethodNotAllowed"
        case 409: "Conflict"
        default: String(status)
        }
    }

    /// Of the token, with the long names SAML gave them.
    private var claims: JSON {
        let actor = record.actor
        let seconds = record.ticks / CivilTime.ticksPerSecond
        let base: JSON = [
            "aud": "https://management.core.windows.net/",
            "iss": .string("https://sts.windows.net/\(tenantID)/"),
            "iat": .string(String(seconds - 300)), "nbf": .string(String(seconds - 300)),
            "exp": .string(String(seconds + 3_299)), "ver": "1.0",
            "appid": .string(actor.appID), "appidacr": .string(actor.proof),
            "http://schemas.microsoft.com/identity/claims/tenantid": .string(tenantID),
            "http://schemas.microsoft.com/identity/claims/objectidentifier": .string(actor.objectID),
        ]
        guard let name = actor.displayName else { return base.adding("idtyp", "app") }
        return base.adding("name", .string(name))
            .adding("http://schemas.microsoft.com/identity/claims/scope", "user_impersonation")
            .adding("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn", .string(actor.name))
            .adding("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name", .string(actor.name))
    }
}
