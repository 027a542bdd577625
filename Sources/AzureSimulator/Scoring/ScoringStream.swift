import FoundationEssentials

/// A completion on its way to the client, word by word.
struct ScoringStream: Sendable {
    /// Why it ended before its end.
    enum Break: Error {
        case timeout, order
    }

    let completion: ChatCompletion
    /// How long the model takes in all, from `startedAt` on.
    let milliseconds: Double
    let timeoutMilliseconds: Double
    let breakAfter: Int?
    let startedAt: Date
    let clock: SimulatorClock

    /// The share of the time that passes before the first word.
    private static let shareOfFirst = 0.3

    var firstMilliseconds: Double { milliseconds * Self.shareOfFirst }

    /// Waits until so much of the model's time has passed.
    func wait(milliseconds: Double) async throws {
        let left = milliseconds / 1_000 - clock.now().timeIntervalSince(startedAt)
        if left > 0 { try await clock.sleep(.seconds(left)) }
    }

    /// Sends the events, evenly over the time; breaks off where that is longer than the front door waits, or on demand.
    func send(to parts: ReplyParts) async throws {
        let events = completion.events
        let gap = (milliseconds - firstMilliseconds) / Double(max(1, events.count - 1))
        for (index, event) in events.enumerated() {
            if index == breakAfter { throw Break.order }
            let due = firstMilliseconds + gap * Double(index)
            try await wait(milliseconds: min(due, timeoutMilliseconds))
            guard due <= timeoutMilliseconds else { throw Break.timeout }
            try await parts.write(event)
        }
    }
}
