/// The `$filter` of the Activity Log: comparisons joined by `and`, of few kinds (`openapi/monitor-activitylogs`).
struct ActivityFilter: Sendable {
    private(set) var startTicks: Int64 = .min
    private(set) var endTicks: Int64 = .max
    private var wanted: [(field: String, value: String)] = []

    /// `nil` where it is no such filter, or names no start.
    init?(_ text: String) {
        var hasStart = false
        for part in text.replacing(" AND ", with: " and ").split(separator: " and ", omittingEmptySubsequences: false) {
            let words = part.split(separator: " ", maxSplits: 2)
            guard words.count == 3, words[2].count >= 2, words[2].hasPrefix("'"), words[2].hasSuffix("'") else {
                return nil
            }
            let value = String(words[2].dropFirst().dropLast())
            switch (words[0].lowercased(), words[1].lowercased()) {
            case ("eventtimestamp", "ge"):
                guard let ticks = CivilTime.ticks(iso: value) else { return nil }
                startTicks = ticks
                hasStart = true
            case ("eventtimestamp", "le"):
                guard let ticks = CivilTime.ticks(iso: value) else { return nil }
                endTicks = ticks
            case ("resourceuri", "eq"), ("resourcegroupname", "eq"), ("resourceprovider", "eq"),
                ("correlationid", "eq"):
                wanted.append((words[0].lowercased(), value.lowercased()))
            default:
                return nil
            }
        }
        guard hasStart else { return nil }
    }

    /// The one endpoint that can match, where it names one.
    var endpointName: String? {
        guard let uri = wanted.first(where: { $0.field == "resourceuri" })?.value else { return nil }
        let segments = uri.split(separator: "/")
        guard let index = segments.firstIndex(of: "onlineendpoints"), index + 1 < segments.count else { return nil }
        return String(segments[index + 1])
    }

    func takes(_ record: ActivityRecord) -> Bool {
        let scope = record.scope.lowercased()
        return wanted.allSatisfy { field, value in
            switch field {
            case "resourceuri": value.isScope(over: scope)
            case "resourcegroupname": scope.hasPrefix("/subscriptions/") && scope.contains("/resourcegroups/\(value)/")
            case "resourceprovider": record.action.lowercased().hasPrefix(value + "/")
            default: record.correlationID.lowercased() == value
            }
        }
    }

    func takes(_ ticks: Int64) -> Bool { (startTicks...max(startTicks, endTicks)).contains(ticks) }
}
