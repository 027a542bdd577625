import AzureCore
import AzureML
import AzureSimulator
import Synchronization
import TerminalUI
import Testing

@testable import Dashboard
@testable import amltop

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Client, governor, dashboard and simulator on one clock.
@Suite struct DayTests {
    /// What the exchanges of a day came to.
    private struct Figures {
        var requests = 0
        var refusals = 0
        var failures = 0
        var leastReads = Int.max
        var leastWrites = Int.max
    }

    private final class Observer: Sendable {
        let figures = Mutex(Figures())

        func note(_ facts: ExchangeFacts) {
            figures.withLock { figures in
                figures.requests += 1
                if facts.status == 429 { figures.refusals += 1 }
                if facts.status.map({ $0 >= 400 }) ?? true { figures.failures += 1 }
                if let reads = facts.remainingReads { figures.leastReads = min(figures.leastReads, reads) }
                if let writes = facts.remainingWrites { figures.leastWrites = min(figures.leastWrites, writes) }
            }
        }
    }

    /// An hour, unless `AMLTOP_DAY_HOURS` says how many.
    private static let hours = ProcessInfo.processInfo.environment["AMLTOP_DAY_HOURS"].flatMap { Int($0) } ?? 1

    @Test func aDayWithTwoHundredEndpointsKeepsItsBudgetAndItsPromises() async throws {
        try await SimulatedAzure.with(endpoints: 200) { azure in
            let observer = Observer()
            let variables = azure.variables
            let workspace = azure.workspace()
            let live = LiveAzure(clock: azure.clock.timeSource, observer: observer.note) {
                AzureSettings(variables: variables, workspace: workspace)
            }
            var driver = DashboardDriver(live, workspace, clock: azure.clock, size: Size(width: 140, height: 40))
            var broken: [String: Int] = [:]
            for second in 0..<(Self.hours * 3_600) {
                await driver.step(Self.events(at: second))
                for promise in Self.brokenPromises(driver.state) { broken[promise, default: 0] += 1 }
                azure.clock.advance(by: 1)
            }
            await live.shutdown()
            let figures = observer.figures.withLock { $0 }
            #expect(broken == [:])
            #expect(figures.refusals == 0 && figures.failures == 0)
            #expect(figures.leastReads >= 0 && figures.leastWrites >= 0)
            #expect(driver.state.summary.endpointCount == 200 && driver.state.summary.unreadEndpointCount == 0)
            let arrived = azure.simulator.requestCounts.values.reduce(0, +)
            #expect(arrived == figures.requests, "the simulator counted every one, and no other")
            guard Self.hours > 1 else { return }
            print("\(Self.hours) h: \(figures.requests) requests, reads never below \(figures.leastReads),")
            print("writes never below \(figures.leastWrites), \(driver.answerCount) answers")
            for (key, count) in azure.simulator.requestCounts.sorted(by: { $0.value > $1.value }) { print(count, key) }
        }
    }

    /// Somebody looks around every few minutes, looks away for a quarter of an hour, and wants it all now once an hour.
    private static func events(at second: Int) -> [Event] {
        switch second % 3_600 {
        case 300, 500, 1_100: [.terminal(.key(.pageDown))]
        case 700: [.terminal(.key(.end))]
        case 900: [.terminal(.key(.home))]
        case 1_300: [.terminal(.key(.down))]
        case 1_500: [.terminal(.key(.function(5)))]
        case 2_000: [.terminal(.focus(false))]
        case 2_900: [.terminal(.focus(true))]
        default: []
        }
    }

    /// What is on the screen and older than its cadence allows, with a second for the step of this clock.
    private static func brokenPromises(_ state: DashboardState) -> [String] {
        var broken: [String] = []
        func check(_ name: String, _ date: Date?, _ seconds: Double) {
            let age = date.map { state.now.timeIntervalSince($0) } ?? .infinity
            if age > seconds * state.paceFactor + 1.5 { broken.append(name) }
        }
        let visible = state.visibleRecords.map { state.records[$0] }
        if visible.isEmpty { broken.append("nothing to see") }
        for record in visible {
            check("endpoints", record.toldAt, 10)
            check("metrics", state.feeds[state.metricsSource(of: record)]?.receivedAt, 60)
            check("deployments of the screen", record.deploymentsToldAt, 60)
            check("diagnostic settings", state.feeds[.diagnosticSettings(of: record.id)]?.receivedAt, 600)
        }
        if let selected = state.selectedRecord {
            check("deployments of the selection", selected.deploymentsToldAt, 10)
            for deployment in selected.deployments ?? [] {
                let source = state.metricsSource(of: deployment.id, in: selected)
                check("utilisation", state.feeds[source]?.receivedAt, 60)
            }
        }
        for workspace in state.knownLogWorkspaces {
            check("log", state.feeds[.trafficLog(in: workspace)]?.receivedAt, 30)
        }
        check("fleet", state.fleet.toldAt, 60)
        for (source, feed) in state.feeds where feed.failure != nil { broken.append("failed: \(source)") }
        return broken
    }
}
