internal import AzureCore
internal import AzureML
internal import FoundationEssentials

/// Which traffic rows are shown, and in which order; kept up by looking at no row twice where that can be avoided.
struct LogArrangement: Equatable, Sendable {
    /// What a row must have to be shown.
    struct Conditions: Equatable, Sendable {
        var filter: Filter?
        var endpoint: ResourceID?
        var isFailure = false

        var isEmpty: Bool { filter == nil && endpoint == nil && !isFailure }

        /// Whether rows that the other does not show are not shown by this either.
        func narrows(_ other: Conditions) -> Bool {
            guard other.endpoint == nil || endpoint == other.endpoint, isFailure || !other.isFailure else {
                return false
            }
            guard let wider = other.filter else { return true }
            return filter?.narrows(wider) ?? false
        }
    }

    private var conditions = Conditions()
    private var sort: LogSort?
    /// By slot; empty without conditions.
    private var isMatch: [Bool] = []
    /// Slots in their order; nil for all rows, the newest first.
    private(set) var shown: [UInt32]?

    /// Follows what a person asked for.
    mutating func arrange(_ log: RecentTraffic, by wanted: Conditions, sort: LogSort?) {
        if wanted.isEmpty {
            isMatch = []
        } else if conditions.isEmpty || isMatch.isEmpty || !wanted.narrows(conditions) {
            isMatch = Array(repeating: false, count: log.slots.count)
            look(at: log.order, of: log, by: wanted)
        } else if wanted != conditions {
            look(at: log.order.filter { isMatch[Int($0)] }, of: log, by: wanted)
        }
        conditions = wanted
        self.sort = sort
        list(log)
    }

    /// Follows a merge: only what is new is looked at.
    mutating func follow(_ change: LogChange, of log: RecentTraffic) {
        if !conditions.isEmpty {
            if isMatch.count < log.slots.count {
                isMatch.append(contentsOf: repeatElement(false, count: log.slots.count - isMatch.count))
            }
            look(at: change.arrived, of: log, by: conditions)
        }
        list(log)
    }

    private mutating func look(at slots: [UInt32], of log: RecentTraffic, by conditions: Conditions) {
        for slot in slots { isMatch[Int(slot)] = false }
        for slot in LogMatcher(conditions, log).matches(among: slots) { isMatch[Int(slot)] = true }
    }

    private mutating func list(_ log: RecentTraffic) {
        guard !conditions.isEmpty || sort != nil else {
            shown = nil
            return
        }
        let slots = conditions.isEmpty ? log.order : log.order.filter { isMatch[Int($0)] }
        shown = sort?.sorted(slots, of: log) ?? slots
    }
}

extension DashboardState {
    /// Decides which traffic rows are shown.
    mutating func arrangeLog() {
        let conditions = LogArrangement.Conditions(
            filter: filters[.log],
            endpoint: logFollowsSelection ? selectedEndpoint : nil,
            isFailure: showsOnlyTrouble
        )
        logArrangement.arrange(log, by: conditions, sort: logSort)
    }

    var shownLogRows: [UInt32]? { logArrangement.shown }
    var logRowCount: Int { shownLogRows?.count ?? log.count }

    /// The slot of the row at a position among those that are shown.
    func logSlot(at position: Int) -> UInt32 { shownLogRows?[position] ?? log.order[position] }

    func logRow(at position: Int) -> TrafficLogRow { log[logSlot(at: position)] }

    /// The row with a request id; nil where it is gone.
    func logRow(_ requestID: String) -> TrafficLogRow? {
        log.slot(ofRequest: requestID, hint: selectedLogSlot).map { log[$0] }
    }

    /// Where the selected traffic row stands among those that are shown; 0 while the pane follows the top one, nil
    /// without rows.
    var selectedLogRowIndex: Int? {
        let count = logRowCount
        guard count > 0 else { return nil }
        guard let slot = selectedLogRow.flatMap({ log.slot(ofRequest: $0, hint: selectedLogSlot) }) else { return 0 }
        if selectedLogPosition < count, logSlot(at: selectedLogPosition) == slot { return selectedLogPosition }
        return (shownLogRows ?? log.order).firstIndex(of: slot) ?? 0
    }

    /// Takes rows in, and keeps the selection on its row for as long as that is here.
    mutating func take(_ rows: [TrafficLogRow], from start: Date, to end: Date?, isLast: Bool, workspace: ResourceID) {
        let senders = Set(records.filter { $0.logWorkspaceID == workspace }.map(\.id))
        let change = log.merge(
            rows,
            from: start,
            to: end,
            workspace: workspace,
            isLast: isLast,
            isFrom: { senders.contains($0.resourceID) },
            now: serverNow
        )
        logArrangement.follow(change, of: log)
        guard let selectedLogRow, change.hasLosses || !change.arrived.isEmpty else { return }
        let slot = log.slot(ofRequest: selectedLogRow, hint: selectedLogSlot)
        if let slot, log.order.contains(slot) { selectedLogSlot = slot } else { self.selectedLogRow = nil }
    }

    /// Goes through the columns of the log and back to the newest first.
    mutating func moveLogSort(by step: Int) {
        let columns = LogSort.Column.allCases
        let count = columns.count + 1
        let now = logSort.flatMap { columns.firstIndex(of: $0.column) }.map { $0 + 1 } ?? 0
        let next = ((now + step) % count + count) % count
        logSort = next == 0 ? nil : LogSort(column: columns[next - 1])
        arrangeLog()
    }
}
