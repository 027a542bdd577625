import AzureCore
import AzureML
import Dashboard
import FoundationEssentials
import TerminalUI

/// The dashboard without a screen, for one look: the same state through the same updates, until nothing is on its way.
struct StatusProgram {
    var workspace: WorkspaceAddress
    var clock = TimeSource.system
    /// After this long what is known has to do.
    var limit = Duration.seconds(45)
    /// What a dashboard would be told before its first event.
    var prepare: @Sendable (inout DashboardState) -> Void = { _ in }

    private enum Input: Sendable {
        case event(Event)
        case timeIsUp
    }

    /// As if on a tall screen that shows the endpoints alone: what is visible there is asked for.
    private static let size = Size(width: 200, height: 60)

    /// Reads once what the dashboard would show, as far as the read budget allows.
    ///
    /// - Parameter makeEnvironment: Makes the outside world, given whom to tell of every exchange.
    /// - Returns: The state.
    func look(
        _ makeEnvironment: (@escaping @Sendable (ExchangeFacts) -> Void) -> Environment
    ) async -> DashboardState {
        let (inputs, inbox) = AsyncStream.makeStream(of: Input.self)
        let environment = makeEnvironment { inbox.yield(.event(.exchanged($0))) }
        var state = DashboardState(workspace: workspace, size: Self.size)
        prepare(&state)
        state.focus = .endpoints
        state.isZoomed = true
        // No row is shown: a minute of them tells whether the log can be read.
        state.log.windowSeconds = 60
        // The clock stands: nothing becomes due twice, and nothing that failed is asked again.
        let start = clock.now()
        let limit = limit
        let sleep = clock.sleep
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await sleep(limit)
                inbox.yield(.timeIsUp)
            }
            func perform(_ effects: [Effect]) {
                for case .fetch(let request) in effects {
                    let environment = environment.adapted(request.priority, request.workspace)
                    group.addTask {
                        await environment.answer(request) {
                            inbox.yield(.event(.answered(request: request.number, $0)))
                        }
                    }
                }
            }
            perform(update(&state, .tick(now: start, zone: .utc)))
            for await input in inputs {
                guard case .event(let event) = input else { break }
                perform(update(&state, event))
                if let budget = environment.budget(nil), budget != state.budget {
                    perform(update(&state, .budgetChanged(budget)))
                }
                if state.isAtRest { break }
            }
            group.cancelAll()
        }
        // Counts once more, with the sources that failed; what this finds due is not asked.
        _ = update(&state, .tick(now: start.addingTimeInterval(1), zone: .utc))
        return state
    }
}
