internal import AzureML

/// A filter made ready for the traffic rows: what many rows share is looked at once, and the rest without making texts.
struct LogMatcher {
    private let log: RecentTraffic
    private var tests: [Test] = []

    /// What one word of a filter asks for.
    ///
    /// A column that does not exist and a number that is none match nothing, negated or not.
    private enum Test {
        /// By the target's number, and by the caller's; then by the status and the identifiers.
        case word(targets: [Bool], callers: [Bool], statuses: [Bool], IdentifierPattern, isNegated: Bool)
        case target([Bool])
        case caller([Bool])
        case status((Int16) -> Bool)
        case duration((UInt32) -> Bool)
        case row((TrafficLogRow) -> Bool)
        case never
    }

    init(_ conditions: LogArrangement.Conditions, _ log: RecentTraffic) {
        self.log = log
        if let endpoint = conditions.endpoint {
            tests.append(.target(log.facets.targets.verdicts { row, _ in row.resourceID == endpoint }))
        }
        if conditions.isFailure { tests.append(.status { TrafficLogRow.isFailure(responseCode: Int($0)) }) }
        for term in conditions.filter?.terms ?? [] { tests.append(test(term)) }
    }

    /// The slots, of those given, whose rows have what every term asks for.
    func matches(among slots: [UInt32]) -> [UInt32] {
        var left = slots
        for test in tests { left = matches(of: test, among: left) }
        return left
    }

    private func matches(of test: Test, among slots: [UInt32]) -> [UInt32] {
        let rows = log.slots
        return rows.withUnsafeBufferPointer { rows in
            switch test {
            case .word(let targets, let callers, let statuses, let pattern, let isNegated):
                let (target, caller) = (log.facets.targets.numbers, log.facets.callers.numbers)
                let status = log.facets.statuses
                return slots.filter { slot in
                    let slot = Int(slot)
                    let holds =
                        targets[Int(target[slot])] || callers[Int(caller[slot])]
                        || statuses.indices.contains(Int(status[slot])) && statuses[Int(status[slot])]
                        || pattern.isContained(in: rows, at: slot)
                    return holds != isNegated
                }
            case .target(let verdicts):
                let numbers = log.facets.targets.numbers
                return slots.filter { verdicts[Int(numbers[Int($0)])] }
            case .caller(let verdicts):
                let numbers = log.facets.callers.numbers
                return slots.filter { verdicts[Int(numbers[Int($0)])] }
            case .status(let holds):
                let statuses = log.facets.statuses
                return slots.filter { holds(statuses[Int($0)]) }
            case .duration(let holds):
                let durations = log.facets.durations
                return slots.filter { holds(durations[Int($0)]) }
            case .row(let holds): return slots.filter { holds(rows[Int($0)]) }
            case .never: return []
            }
        }
    }

    private func test(_ term: Filter.Term) -> Test {
        let isNegated = term.isNegated
        switch term.test {
        case .word(let word):
            return .word(
                targets: log.facets.targets.verdicts { $1.hasPart(word) },
                callers: log.facets.callers.verdicts { $1.hasPart(word) },
                statuses: Self.statuses { $0.hasPart(word) },
                IdentifierPattern(word),
                isNegated: isNegated
            )
        case .pattern(let pattern): return patternTest(pattern, isNegated)
        case .column(let column, let wanted): return columnTest(column, wanted, isNegated)
        case .compare(let column, let comparison, let wanted):
            return numberTest(column, wanted) { comparison.holds($0, $1) != isNegated }
        }
    }

    /// A pattern looks at the target, at the texts of request and answer, and at the status, each by itself.
    private func patternTest(_ pattern: String, _ isNegated: Bool) -> Test {
        guard let regex = try? Regex(pattern).ignoresCase().matchingSemantics(.unicodeScalar) else { return .never }
        let targets = log.facets.targets.verdicts { $1.firstMatch(of: regex) != nil }
        let callers = log.facets.callers.verdicts { $1.firstMatch(of: regex) != nil }
        let statuses = Self.statuses { $0.firstMatch(of: regex) != nil }
        return .word(targets: targets, callers: callers, statuses: statuses, .none, isNegated: isNegated)
    }

    /// What holds for each status, as text.
    private static func statuses(_ holds: (String) -> Bool) -> [Bool] {
        (0..<600).map { holds("\($0)") }
    }

    private func numberTest(_ column: String, _ wanted: String, _ holds: @escaping (Double, Double) -> Bool) -> Test {
        func limit(_ unit: FilterUnit) -> Double? { unit.parse(wanted) }
        switch column {
        case "responsecode", "code", "status":
            return limit(.plain).map { limit in .status { holds(Double($0), limit) } } ?? .never
        case "totaldurationms", "ms", "took":
            return limit(.milliseconds).map { limit in .duration { holds(Double($0), limit) } } ?? .never
        case "modelstatuscode", "model":
            return limit(.plain).map { limit in
                .row { row in row.modelStatusCode.map { holds(Double($0), limit) } ?? false }
            } ?? .never
        default: return .never
        }
    }

    private func columnTest(_ column: String, _ wanted: String, _ isNegated: Bool) -> Test {
        func target(_ text: @escaping (TrafficLogRow) -> String) -> Test {
            .target(log.facets.targets.verdicts { row, _ in text(row).lowercased().hasPart(wanted) != isNegated })
        }
        func caller(_ text: @escaping (TrafficLogRow) -> String) -> Test {
            .caller(log.facets.callers.verdicts { row, _ in text(row).lowercased().hasPart(wanted) != isNegated })
        }
        let pattern = IdentifierPattern(wanted)
        switch column {
        case "endpointname", "endpoint": return target(\.endpointName)
        case "deploymentname", "deployment": return target(\.deploymentName)
        case "method": return caller(\.method)
        case "path": return caller(\.path)
        case "authtype", "auth": return caller(\.authType)
        case "identitydata", "caller": return caller(\.identity)
        case "useragent", "agent": return caller(\.userAgent)
        case "responsecodereason", "reason": return caller(\.responseReason)
        case "xrequestid": return .row { pattern.isContained(in: $0.request) != isNegated }
        case "xmsclientrequestid": return .row { pattern.isContained(in: $0.clientRequest) != isNegated }
        default: return numberTest(column, wanted) { (abs($0 - $1) < 1e-9) != isNegated }
        }
    }
}

extension String {
    /// Whether it holds the other text: byte by byte where that is the same, else by what people see as the same.
    func hasPart(_ part: String) -> Bool {
        let (text, part) = (utf8, part.utf8)
        let isPlain = text.withContiguousStorageIfAvailable { text in
            part.withContiguousStorageIfAvailable { part in Self.find(part, in: text) }
        }
        guard let found = isPlain ?? nil else { return contains(String(part)) }
        return found || !part.allSatisfy { $0 < 0x80 } && contains(String(part))
    }

    private static func find(_ part: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = part.first else { return true }
        guard text.count >= part.count else { return false }
        for start in 0...text.count - part.count where text[start] == first {
            var length = 1
            while length < part.count, text[start + length] == part[length] { length += 1 }
            if length == part.count { return true }
        }
        return false
    }
}
