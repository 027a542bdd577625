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
        if let sort {
            // Names come sorted, so equal values keep their order by name.
            shown = shown.enumerated().sorted { left, right in
                let (a, b) = (records[left.element], records[right.element])
                if a.isOrdered(before: b, by: sort) { return true }
                if b.isOrdered(before: a, by: sort) { return false }
                return left.offset < right.offset
            }.map(\.element)
        }
        shownEndpoints = shown
    }

    /// Decides which traffic rows are shown; nil for all of them, in their order by time.
    mutating func arrangeLog() {
        let matcher = filters[.log].map(FilterMatcher.init)
        let selected = logFollowsSelection ? selectedEndpoint : nil
        guard matcher != nil || selected != nil || showsOnlyTrouble else {
            shownLogRows = nil
            return
        }
        shownLogRows = log.rows.indices.filter { index in
            let row = log.rows[index]
            if let selected, row.resourceID != selected { return false }
            if showsOnlyTrouble, !row.isFailure { return false }
            return matcher?.matches(text: row.filterText, value: row.filterValue) ?? true
        }
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

    /// What is not known comes last, whichever way one sorts.
    func isOrdered(before other: EndpointRecord, by sort: SortOrder) -> Bool {
        switch sort.column {
        case .name: Self.less(endpoint.name, other.endpoint.name, sort)
        case .auth: Self.less(endpoint.authMode.cliValue, other.endpoint.authMode.cliValue, sort)
        case .state:
            Self.less(
                (severity?.rawValue ?? -1) * -1,
                (other.severity?.rawValue ?? -1) * -1,
                sort
            )
        case .rate: Self.less(metrics?.requestsPerSecond, other.metrics?.requestsPerSecond, sort)
        case .errors: Self.less(metrics?.errorShare, other.metrics?.errorShare, sort)
        case .p95: Self.less(metrics?.p95Milliseconds, other.metrics?.p95Milliseconds, sort)
        case .age: Self.less(other.endpoint.systemData?.createdAt, endpoint.systemData?.createdAt, sort)
        }
    }

    private static func less<Value: Comparable>(_ left: Value?, _ right: Value?, _ sort: SortOrder) -> Bool {
        guard let left else { return false }
        guard let right else { return true }
        return sort.isDescending ? left > right : left < right
    }
}

extension TrafficLogRow {
    var filterText: String {
        [
            endpointName, deploymentName, method, path, "\(responseCode)", responseReason, authType, identity,
            userAgent,
            requestID, clientRequestID,
        ].joined(separator: " ").lowercased()
    }

    func filterValue(_ column: String) -> FilterValue? {
        switch column {
        case "responsecode", "code", "status": .number(Double(responseCode), .plain)
        case "modelstatuscode", "model": modelStatusCode.map { .number(Double($0), .plain) }
        case "endpointname", "endpoint": .text(endpointName)
        case "deploymentname", "deployment": .text(deploymentName)
        case "method": .text(method)
        case "path": .text(path)
        case "authtype", "auth": .text(authType)
        case "identitydata", "caller": .text(identity)
        case "useragent", "agent": .text(userAgent)
        case "responsecodereason", "reason": .text(responseReason)
        case "xrequestid": .text(requestID)
        case "xmsclientrequestid": .text(clientRequestID)
        case "totaldurationms", "ms", "took": .number(Double(totalMilliseconds), .milliseconds)
        default: nil
        }
    }
}
