import FoundationEssentials

/// The time a metrics request covers, cut into equal pieces.
struct MetricWindow: Sendable {
    let startTicks: Int64
    let endTicks: Int64
    /// The width of one piece.
    let stepTicks: Int64
    /// What `interval` the answer states.
    let interval: String

    var count: Int { Int((endTicks - startTicks + stepTicks - 1) / stepTicks) }
    /// The minutes that begin inside.
    var minutes: Range<Int64> {
        let first = TrafficModel.minute(of: startTicks + TrafficModel.ticksPerMinute - 1)
        return first..<max(first, TrafficModel.minute(of: endTicks + TrafficModel.ticksPerMinute - 1))
    }
    var timespan: String { "\(CivilTime(ticks: startTicks).isoSeconds)/\(CivilTime(ticks: endTicks).isoSeconds)" }

    func start(of index: Int) -> Int64 { startTicks + Int64(index) * stepTicks }

    /// The piece a minute falls into.
    func index(ofMinute minute: Int64) -> Int? {
        let index = (minute * TrafficModel.ticksPerMinute - startTicks).dividedFloor(by: stepTicks).quotient
        return index >= 0 && index < Int64(count) ? Int(index) : nil
    }

    /// - Returns: `nil` when `text` is no time span: `start/end`, `start/duration`, `duration/end` or a duration up to now.
    static func span(_ text: String, now: Int64) -> (start: Int64, end: Int64)? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        switch parts.count {
        case 1:
            return ISODuration.ticks(parts[0]).map { (now - $0, now) }
        case 2:
            if let start = CivilTime.ticks(iso: parts[0]) {
                if let end = CivilTime.ticks(iso: parts[1]) { return (start, end) }
                return ISODuration.ticks(parts[1]).map { (start, start + $0) }
            }
            guard let length = ISODuration.ticks(parts[0]), let end = CivilTime.ticks(iso: parts[1]) else { return nil }
            return (end - length, end)
        default:
            return nil
        }
    }
}
