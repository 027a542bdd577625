internal import AzureCore
package import AzureML
package import FoundationEssentials

/// The traffic rows on hand.
///
/// A row keeps its slot for as long as it is here, so that orders, filters and selections are short lists of slots, and
/// a row that arrives moves four bytes of each later one instead of a hundred.
package struct RecentTraffic: Equatable, Sendable {
    /// Rows that are kept; what is older falls off.
    package static let capacity = 100_000
    /// Rows arrive minutes after their request, so every later question overlaps what is known by this much.
    package static let lateArrivalSeconds: Double = 720

    /// How far back the first question reaches, in seconds.
    package var windowSeconds: Double = 3_600
    /// By slot; a slot without a row keeps the old one until another moves in.
    var slots: [TrafficLogRow] = []
    /// What many rows share, by slot.
    var facets = LogFacets()
    var freeSlots: [UInt32] = []
    /// The slots of all rows, the newest first.
    package internal(set) var order: [UInt32] = []
    /// Per Log Analytics workspace: whether its rows are in.
    var loaded: Set<ResourceID> = []

    package init() {}

    package var isEmpty: Bool { order.isEmpty }
    package var count: Int { order.count }
    package var newest: Date? { order.first.map { self[$0].time } }

    /// All rows, the newest first.
    package var rows: some RandomAccessCollection<TrafficLogRow> {
        order.lazy.map { [slots] in slots[Int($0)] }
    }

    /// The row in a slot of `order`.
    package subscript(slot: UInt32) -> TrafficLogRow {
        _read { yield slots[Int(slot)] }
    }

    /// The slot of a row by its request id; `hint`, where it stood last, spares a search through all rows.
    func slot(ofRequest id: String, hint: UInt32? = nil) -> UInt32? {
        let wanted = CompactIdentifier(id)
        if let hint, hint < slots.count, slots[Int(hint)].request == wanted { return hint }
        return order.first { slots[Int($0)].request == wanted }
    }

    /// The start of the next question to a Log Analytics workspace.
    func nextStart(in workspace: ResourceID, now: Date) -> Date {
        let windowStart = now.addingTimeInterval(-windowSeconds)
        guard loaded.contains(workspace), let newest else { return windowStart }
        return max(windowStart, newest.addingTimeInterval(-Self.lateArrivalSeconds))
    }

    /// The position in `order` of the first row before a moment.
    func firstPosition(before time: Date) -> Int {
        var (low, high) = (0, order.count)
        while low < high {
            let middle = (low + high) / 2
            if self[order[middle]].time < time { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
