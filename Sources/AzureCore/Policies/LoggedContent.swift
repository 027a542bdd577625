import HTTPTypes
import JSONValue

/// What of a request or an answer may be written to a log, by lists of what is harmless: anything else is left out.
enum LoggedContent {
    private static let headerFields: Set<HTTPField.Name> = [
        .accept, .contentType, .contentLength, .date, .retryAfter, .userAgent, .requestID,
        .correlationRequestID, .remainingReads, .remainingWrites, .remainingDeletes, .graphQuotaRemaining,
        .graphQuotaResetsAfter, .retryAfterMilliseconds, .azureRetryAfterMilliseconds,
    ]

    /// Parameters of queries that say what is asked for, none of which is a signature or a code.
    private static let queryItems: Set<String> = [
        "api-version", "$top", "$skip", "$orderby", "aggregation", "interval", "timespan", "metricnames",
        "metricnamespace",
        "region", "autoadjusttimegrain", "$filter", "count", "skip",
    ]

    /// Members of JSON whose text or number is written.
    private static let plainMembers: Set<String> = [
        "id", "name", "type", "kind", "location", "status", "code", "target", "count", "totalRecords",
        "resultTruncated",
        "provisioningState", "authMode", "endpointComputeType", "instanceType", "lastModifiedAt", "startTime",
        "endTime",
        "percentComplete", "query", "error", "error_codes", "expires_in", "expiryTimeUtc", "refreshAfterTimeUtc",
    ]

    /// Members of JSON that are looked into.
    private static let outerMembers: Set<String> = ["value", "properties", "error", "systemData", "details", "data"]

    /// Elements of an array that are looked into.
    private static let elementLimit = 3
    private static let textLimit = 400
    private static let depthLimit = 6

    static func fields(_ fields: HTTPFields) -> [(name: String, value: String)] {
        fields.filter { headerFields.contains($0.name) }.map { ($0.name.canonicalName, $0.value) }
    }

    /// The address, with the values of unknown query parameters replaced by `…`.
    static func url(_ url: HTTPURL) -> String {
        let path = url.origin + url.path
        guard let query = url.query else { return path }
        let items = query.split(separator: "&", omittingEmptySubsequences: false).map { item in
            let name = item.prefix { $0 != "=" }
            return queryItems.contains(name.lowercased()) ? String(item) : isPlain(name) ? "\(name)=…" : "…"
        }
        return path + "?" + items.joined(separator: "&")
    }

    /// The harmless members of a JSON body; nil where it is none, or has none.
    static func body(_ bytes: [UInt8]) -> String? {
        guard let first = bytes.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
            let value = try? JSONValue.parse(bytes), let shown = outline(of: value, depth: 0)
        else { return nil }
        return shown.text()
    }

    private static func outline(of value: JSONValue, depth: Int) -> JSONValue? {
        guard depth < depthLimit else { return nil }
        switch value {
        case .array(let elements):
            var shown = elements.prefix(elementLimit).compactMap { outline(of: $0, depth: depth + 1) }
            if elements.count > shown.count { shown.append(.string("… of \(elements.count)")) }
            return .array(shown)
        case .object(let object):
            let members = object.members.compactMap { member -> JSONObject.Member? in
                shown(member, depth: depth).map { JSONObject.Member(name: member.name, value: $0) }
            }
            return members.isEmpty ? nil : .object(JSONObject(members))
        default: return nil
        }
    }

    private static func shown(_ member: JSONObject.Member, depth: Int) -> JSONValue? {
        switch member.value {
        case .array, .object:
            guard outerMembers.contains(member.name) else { return nil }
            return outline(of: member.value, depth: depth + 1)
        case .string(let text):
            guard plainMembers.contains(member.name) else { return nil }
            return .string(text.count > textLimit ? text.prefix(textLimit) + "…" : text)
        case .number, .bool, .null:
            guard plainMembers.contains(member.name) else { return nil }
            return member.value
        }
    }

    private static func isPlain(_ name: Substring) -> Bool {
        name.utf8.count <= 24 && name.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A || $0 == UInt8(ascii: "-") }
    }
}

extension AzureError.Kind {
    /// The word for it, without its facts: those may quote what was typed or printed.
    package var label: String { String("\(self)".prefix { $0 != "(" }) }
}
