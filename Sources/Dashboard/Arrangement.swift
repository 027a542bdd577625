internal import AzureCore
internal import AzureML
internal import FoundationEssentials

/// The column a pane is sorted by; nil keeps Azure's order of names and of time.
package struct SortOrder: Equatable, Sendable {
    package var column: SortColumn
    package var isDescending: Bool

    package init(column: SortColumn, isDescending: Bool) {
        self.column = column
        self.isDescending = isDescending
    }
}

/// What endpoints can be sorted by, in the order of their columns.
package enum SortColumn: String, CaseIterable, Sendable {
    case name, auth, state, rate, errors, p95, age

    /// Sorted by a figure, the largest is what one looks for.
    var startsDescending: Bool { [.rate, .errors, .p95, .age].contains(self) }
}

extension DashboardState {
    /// Decides which endpoints are shown, and in which order.
    mutating func arrangeEndpoints() {
        let matcher = filters[.endpoints].map(FilterMatcher.init)
        let now = serverNow
        var shown = records.indices.filter { index in
            if showsOnlyTrouble, (records[index].severity ?? .note) < .warning { return false }
            return matcher?.matches(text: records[index].filterText) { records[index].filterValue($0, at: now) } ?? true
        }
        if let sort { shown = sorted(shown, by: sort) }
        shownEndpoints = shown
    }

    /// Names come sorted, so equal values keep their order by name; what is not known comes last, whichever way.
    private func sorted(_ shown: [Int], by sort: SortOrder) -> [Int] {
        switch sort.column {
        case .name: sorted(shown, sort) { $0.endpoint.name }
        case .auth: sorted(shown, sort) { $0.endpoint.authMode.cliValue }
        case .state: sorted(shown, sort) { -($0.severity?.rawValue ?? -1) }
        case .rate: sorted(shown, sort) { $0.metrics?.requestsPerSecond }
        case .errors: sorted(shown, sort) { $0.metrics?.errorShare }
        case .p95: sorted(shown, sort) { $0.metrics?.p95Milliseconds }
        case .age: sorted(shown, sort) { ($0.endpoint.systemData?.createdAt).map { -$0.timeIntervalSince1970 } }
        }
    }

    private func sorted<Key: Comparable>(_ shown: [Int], _ sort: SortOrder, by key: (EndpointRecord) -> Key?) -> [Int] {
        // Each record is looked at once: they are large, and comparisons are many.
        let keys = shown.map { (index: $0, key: key(records[$0])) }
        return keys.sorted { left, right in
            guard let a = left.key, let b = right.key else {
                let (isUnknown, isOtherUnknown) = (left.key == nil, right.key == nil)
                return isUnknown == isOtherUnknown ? left.index < right.index : isOtherUnknown
            }
            guard a != b else { return left.index < right.index }
            return sort.isDescending ? a > b : a < b
        }.map(\.index)
    }
}

extension EndpointRecord {
    var filterText: String {
        let parts =
            [
                endpoint.name, endpoint.authMode.cliValue, endpoint.provisioningState.rawValue, endpoint.location ?? "",
                lastOperation?.errorCode ?? "",
            ] + endpoint.traffic.keys + endpoint.tags.map { "\($0.key)=\($0.value)" }
        return parts.joined(separator: " ").lowercased()
    }

    func filterValue(_ column: String, at now: Date) -> FilterValue? {
        switch column {
        case "name": .text(endpoint.name)
        case "auth_mode", "auth": .text(endpoint.authMode.cliValue)
        case "provisioning_state", "state": .text(endpoint.provisioningState.rawValue)
        case "location": .text(endpoint.location ?? "")
        case "kind": .text(endpoint.isKubernetes ? "kubernetes" : "managed")
        case "traffic": .text(endpoint.traffic.filter { $0.value > 0 }.keys.joined(separator: " "))
        case "tags": .text(endpoint.tags.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
        case "rps": metrics?.requestsPerSecond.map { .number($0, .plain) }
        case "err": metrics?.errorShare.map { .number($0, .share) }
        case "p95": metrics?.p95Milliseconds.map { .number($0, .milliseconds) }
        case "age": endpoint.systemData?.createdAt.map { .number(now.timeIntervalSince($0), .seconds) }
        case "cpu": deployments?.compactMap(\.metrics?.cpuPercent).max().map { .number($0, .percent) }
        case "mem": deployments?.compactMap(\.metrics?.memoryPercent).max().map { .number($0, .percent) }
        default: nil
        }
    }
}
