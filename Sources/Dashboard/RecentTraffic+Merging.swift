package import AzureCore
package import AzureML
package import FoundationEssentials

/// What a merge did.
package struct LogChange: Equatable, Sendable {
    /// Slots of the rows that were not known before, the newest first.
    package var arrived: [UInt32] = []
    /// Whether rows are gone; their slots may have new ones.
    package var hasLosses = false
}

extension RecentTraffic {
    /// Takes all rows of some endpoints from `start` on, or of a part of that time: what was known of it is replaced,
    /// so a row never stands twice, and a row that was known keeps its slot.
    ///
    /// `fresh` comes newest first; `end` is the end of its time, excluded, or nil where it reaches to the newest row.
    /// `isLast` says that all is in now that was asked for, `isFrom` whether a row is of the endpoints asked for.
    @discardableResult
    package mutating func merge(
        _ fresh: [TrafficLogRow],
        from start: Date,
        to end: Date? = nil,
        workspace: ResourceID,
        isLast: Bool = true,
        isFrom: (TrafficLogRow) -> Bool,
        now: Date
    ) -> LogChange {
        if isLast { loaded.insert(workspace) }
        var change = LogChange()
        let first = end.map { firstPosition(before: $0) } ?? 0
        let past = max(first, firstPosition(before: start))
        var merged: [UInt32] = []
        merged.reserveCapacity(past - first + fresh.count)
        var known = first
        for row in fresh {
            while known < past, self[order[known]].time > row.time { keep(&known, &merged, isFrom, &change) }
            if let same = position(of: row, from: known, below: past) {
                if same != known { order.swapAt(same, known) }
                slots[Int(order[known])] = row
                merged.append(order[known])
                known += 1
            } else {
                let slot = insert(row)
                merged.append(slot)
                change.arrived.append(slot)
            }
        }
        while known < past { keep(&known, &merged, isFrom, &change) }
        order.replaceSubrange(first..<past, with: merged)
        drop(before: now.addingTimeInterval(-windowSeconds), &change)
        return change
    }

    /// Takes over a row that the answer does not have: it goes where the answer should have had it.
    private mutating func keep(
        _ position: inout Int,
        _ merged: inout [UInt32],
        _ isFrom: (TrafficLogRow) -> Bool,
        _ change: inout LogChange
    ) {
        let slot = order[position]
        position += 1
        if isFrom(self[slot]) {
            freeSlots.append(slot)
            change.hasLosses = true
        } else {
            merged.append(slot)
        }
    }

    /// Where the very row stands that an answer has again, among those of the same moment.
    private func position(of row: TrafficLogRow, from first: Int, below end: Int) -> Int? {
        var position = first
        while position < end, self[order[position]].time == row.time {
            if self[order[position]].request == row.request { return position }
            position += 1
        }
        return nil
    }

    private mutating func insert(_ row: TrafficLogRow) -> UInt32 {
        if let slot = freeSlots.popLast() {
            slots[Int(slot)] = row
            facets.set(row, at: Int(slot))
            return slot
        }
        slots.append(row)
        facets.append(row)
        return UInt32(slots.count - 1)
    }

    private mutating func drop(before windowStart: Date, _ change: inout LogChange) {
        let kept = min(firstPosition(before: windowStart), Self.capacity)
        guard kept < order.count else { return }
        let gone = order[kept...]
        freeSlots.append(contentsOf: gone)
        order.removeSubrange(kept...)
        change.hasLosses = true
        facets.forgetIfLarge(slots)
        // What arrived and went at once was never here.
        let arrivals = Set(change.arrived)
        if gone.contains(where: arrivals.contains) {
            let lost = Set(gone)
            change.arrived.removeAll(where: lost.contains)
        }
    }
}
