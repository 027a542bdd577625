internal import AzureML

/// The column the traffic rows are sorted by; among equals the newest comes first.
package struct LogSort: Equatable, Sendable {
    /// In the order of the columns; what is sorted by time comes newest first without any of them.
    package enum Column: String, CaseIterable, Sendable {
        case status, endpoint, deployment, auth, caller, agent, duration, time
    }

    package var column: Column
    package var isDescending: Bool

    package init(column: Column, isDescending: Bool? = nil) {
        self.column = column
        // Of a figure the largest is what one looks for; the newest first is the order without any sorting.
        self.isDescending = isDescending ?? [.status, .duration].contains(column)
    }

    /// The slots in this order, from slots in the order of time.
    func sorted(_ slots: [UInt32], of log: RecentTraffic) -> [UInt32] {
        if column == .time { return isDescending ? slots : slots.reversed() }
        let keys = keys(of: log)
        let flip: UInt32 = isDescending ? .max : 0
        return RadixSort.sorted(slots) { keys($0) ^ flip }
    }

    /// A number for each slot that orders the rows.
    private func keys(of log: RecentTraffic) -> (UInt32) -> UInt32 {
        switch column {
        case .time: { _ in 0 }
        case .status: { UInt32(clamping: log.facets.statuses[Int($0)]) }
        case .duration: { log.facets.durations[Int($0)] }
        case .endpoint: ranks(log.facets.targets) { $0.endpointName }
        case .deployment: ranks(log.facets.targets) { $0.deploymentName }
        case .auth: ranks(log.facets.callers) { $0.authType }
        case .caller: ranks(log.facets.callers) { $0.identity }
        case .agent: ranks(log.facets.callers) { $0.userAgent }
        }
    }

    /// Texts by their place among all there are: each is compared once, not once for each row.
    private func ranks(_ facet: LogFacet, _ text: (TrafficLogRow) -> String) -> (UInt32) -> UInt32 {
        let texts = facet.examples.map(text)
        var places: [String: UInt32] = [:]
        for (place, text) in Set(texts).sorted().enumerated() { places[text] = UInt32(place) }
        let ranks = texts.map { places[$0] ?? 0 }
        return { ranks[Int(facet.numbers[Int($0)])] }
    }
}

/// Sorting by small numbers without comparing any two: steady, and as long for a sorted list as for any other.
enum RadixSort {
    private static let bits: UInt64 = 11
    private static let passes: UInt64 = 3

    /// The values by their keys; equal ones keep their order.
    static func sorted(_ values: [UInt32], by key: (UInt32) -> UInt32) -> [UInt32] {
        var from = values.map { UInt64(key($0)) << 32 | UInt64($0) }
        var into = from
        for pass in 0..<passes {
            let shift = 32 + pass * bits
            var starts = [Int](repeating: 0, count: 1 << Int(bits))
            for value in from { starts[digit(value, shift)] += 1 }
            if starts.contains(from.count) { continue }
            var next = 0
            for index in starts.indices { (starts[index], next) = (next, next + starts[index]) }
            for value in from {
                let digit = digit(value, shift)
                into[starts[digit]] = value
                starts[digit] += 1
            }
            swap(&from, &into)
        }
        return from.map { UInt32(truncatingIfNeeded: $0) }
    }

    private static func digit(_ value: UInt64, _ shift: UInt64) -> Int {
        Int(value >> shift & (1 << bits - 1))
    }
}
