import Dashboard
import FoundationEssentials
import TerminalUI
import Testing

/// Plays events and names every effect they have.
struct Walkthrough {
    var state: DashboardState
    /// Requests that went out and have no answer yet, in the order they went.
    private(set) var open: [Request] = []

    init(state: DashboardState) {
        self.state = state
    }

    @discardableResult
    mutating func play(_ event: Event) -> [Effect] {
        let effects = update(&state, event)
        for case .fetch(let request) in effects { open.append(request) }
        return effects
    }

    mutating func play(
        _ event: Event,
        expecting expected: [Effect],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let effects = play(event)
        #expect(effects == expected, sourceLocation: sourceLocation)
    }

    @discardableResult
    mutating func tick(after seconds: Double = 0) -> [Effect] {
        let start = state.now.timeIntervalSince1970 == 0 ? Samples.now : state.now
        return play(.tick(now: start.addingTimeInterval(seconds), zone: Samples.zone))
    }

    @discardableResult
    mutating func press(_ keys: Key...) -> [Effect] {
        keys.flatMap { play(.terminal(.key($0))) }
    }

    /// Answers what is open, and what is asked for because of that, until nothing is.
    mutating func answerAll(_ answer: (Request) -> Answer) {
        var rounds = 0
        while !open.isEmpty, rounds < 500 {
            let request = open.removeFirst()
            play(.answered(request: request.number, answer(request)))
            rounds += 1
        }
        #expect(open.isEmpty, "the dashboard never stops asking")
    }

    /// Answers the open request to a source, or records that there is none.
    mutating func answer(
        _ source: Source,
        _ answer: Answer,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard let index = open.firstIndex(where: { $0.source == source }) else {
            Issue.record("nobody asked for \(source)", sourceLocation: sourceLocation)
            return
        }
        play(.answered(request: open.remove(at: index).number, answer))
    }

    func isOpen(_ source: Source) -> Bool { open.contains { $0.source == source } }
    var sources: [Source] { open.map(\.source) }
}

extension Walkthrough: CustomTestStringConvertible {
    /// The whole state in a failure's message helps nobody.
    var testDescription: String { "walkthrough waiting for \(open.map(\.source))" }
}
