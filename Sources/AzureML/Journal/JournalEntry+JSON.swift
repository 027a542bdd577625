import AzureCore
public import JSONValue

/// Entries as `amltop journal` prints them and as exports hold them.
extension JournalEntry {
    public var json: JSONValue {
        var fields = JSONFields()
        fields.add("rotation", rotation)
        fields.add("number", number)
        fields.add("at", ISO8601.text(at))
        fields.add("who", who)
        fields.add("event", event.rawValue)
        fields.add("endpoint", endpoint.text)
        fields.add("slot", slot.rawValue)
        fields.add("before", before?.json)
        fields.add("after", after?.json)
        if !verdicts.isEmpty { fields.add("verdicts", KeyVerdict.json(verdicts)) }
        fields.add("oldKeyWorkedSeconds", oldKeyWorkedSeconds.flatMap { JSONNumber($0) }.map(JSONValue.number))
        if !requestIDs.isEmpty { fields.add("requestIds", .array(requestIDs.map(JSONValue.string))) }
        fields.add("outcome", outcome?.json)
        fields.add("detail", detail)
        return fields.value
    }
}

extension KeyFingerprints {
    public var json: JSONValue { ["primary": .string(primary.text), "secondary": .string(secondary.text)] }
}

extension RotationOutcome {
    /// `{"state": "notProven", "reason": "notProbed"}`.
    public var json: JSONValue {
        var fields = JSONFields()
        fields.add("state", state)
        fields.add("reason", reason)
        return fields.value
    }
}

extension KeyVerdict {
    public var json: JSONValue {
        var fields = JSONFields()
        fields.add("finding", finding.rawValue)
        fields.add("status", status)
        fields.add("deployment", deployment)
        fields.add("milliseconds", milliseconds)
        return fields.value
    }

    /// By role, the new key first.
    public static func json(_ verdicts: [KeyRole: KeyVerdict]) -> JSONValue {
        var fields = JSONFields()
        for role in KeyRole.allCases { fields.add(role.rawValue, verdicts[role]?.json) }
        return fields.value
    }

    public static func verdicts(_ value: JSONValue) -> [KeyRole: KeyVerdict] {
        var verdicts: [KeyRole: KeyVerdict] = [:]
        for role in KeyRole.allCases {
            guard let verdict = value[role.rawValue],
                let finding = verdict["finding"]?.stringValue.flatMap(Finding.init(rawValue:))
            else { continue }
            verdicts[role] = KeyVerdict(
                finding,
                status: verdict["status"]?.intValue,
                deployment: verdict["deployment"]?.stringValue,
                milliseconds: verdict["milliseconds"]?.intValue
            )
        }
        return verdicts
    }
}

extension OperationHandle {
    /// Its addresses, to be kept over the end of this process.
    public var json: JSONValue {
        var fields = JSONFields()
        fields.add("operation", operation.rawValue)
        fields.add("statusUrl", statusURL)
        fields.add("resultUrl", resultURL)
        fields.add("requestId", requestID)
        return fields.value
    }

    public init?(json: JSONValue) {
        guard let operation = json["operation"]?.stringValue else { return nil }
        self.init(
            operation: OperationName(operation),
            statusURL: json["statusUrl"]?.stringValue,
            resultURL: json["resultUrl"]?.stringValue,
            requestID: json["requestId"]?.stringValue
        )
    }
}
