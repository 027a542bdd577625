import AzureCore
import AzureML
import Dashboard
import Synchronization
import TerminalUI

@testable import amltop

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The dashboard without its terminal: its state, its requests and their answers, on the clock of a simulated Azure.
struct DashboardDriver {
    private(set) var state: DashboardState
    private let environment: Environment
    private let clock: ManualClock
    /// Answers that were taken in.
    private(set) var answerCount = 0

    init(_ azure: LiveAzure, _ workspace: WorkspaceAddress, clock: ManualClock, size: Size) {
        environment = .live(azure)
        self.clock = clock
        state = DashboardState(workspace: workspace, size: size)
    }

    /// One second: what is due is asked for, and what comes of it, until nothing is on its way.
    mutating func step(_ events: [Event] = []) async {
        var effects = update(&state, .tick(now: clock.now, zone: .utc))
        for event in news() + events { effects += update(&state, event) }
        while true {
            let requests = effects.compactMap { if case .fetch(let request) = $0 { request } else { nil } }
            guard !requests.isEmpty else { return }
            let answers = await answers(to: requests)
            answerCount += answers.count
            effects = []
            for event in answers + news() { effects += update(&state, event) }
        }
    }

    /// What the client knows by itself.
    private func news() -> [Event] {
        var events: [Event] = []
        if let budget = environment.budget(state.chosenWorkspace), budget != state.budget {
            events.append(.budgetChanged(budget))
        }
        for (audience, known) in state.tokens {
            let held = environment.heldToken(audience)
            if held != known { events.append(.tokenChanged(audience, held)) }
        }
        return events
    }

    private func answers(to requests: [Request]) async -> [Event] {
        await withTaskGroup(of: [Event].self) { group in
            for request in requests {
                let environment = environment.adapted(request.priority, request.workspace)
                group.addTask {
                    let answers = Answers()
                    await environment.answer(request) { answers.add(.answered(request: request.number, $0)) }
                    return answers.all
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }
}

private final class Answers: Sendable {
    private let events = Mutex<[Event]>([])

    var all: [Event] { events.withLock { $0 } }
    func add(_ event: Event) { events.withLock { $0.append(event) } }
}
