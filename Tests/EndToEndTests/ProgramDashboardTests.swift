import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The built dashboard on a pseudo-terminal, over HTTPS, against a simulator in a process of its own.
@Suite(.serialized) struct ProgramDashboardTests {
    private struct Session {
        let simulator: SimulatorProcess
        let terminal: PseudoTerminal
    }

    private func started(columns: Int = 120, rows: Int = 36) async throws -> Session {
        let simulator = try await SimulatorProcess()
        let terminal = try PseudoTerminal(
            amltopPath,
            environment: simulator.environment,
            columns: columns,
            rows: rows
        )
        try await terminal.wait(forText: "my-endpoint")
        return Session(simulator: simulator, terminal: terminal)
    }

    @Test func allFivePanesFillWithWhatAzureSays() async throws {
        let session = try await started()
        let terminal = session.terminal
        for text in ["1 Endpoints", "2 Deployments", "3 Traffic", "4 Credentials", "5 Traffic log"] {
            try await terminal.wait(forText: text)
        }
        try await terminal.wait(forText: "ARM 2")
        try await terminal.wait(forText: "Failed · ")
        try await terminal.wait(for: /control plane\s+management\.azure\.com\s+\d+:\d\d/)
        try await terminal.wait(for: /\d+ ms/)
        try await terminal.wait(for: /[\d ]+ rows · newest \d+/)
        try await terminal.wait(for: /POST|AADToken|AMLToken/)
    }

    @Test func theCountdownsTick() async throws {
        let session = try await started()
        let terminal = session.terminal
        let line = /control plane\s+management\.azure\.com\s+(?<left>\d+:\d\d)/
        try await terminal.wait(for: line)
        let first = try #require(terminal.screen.text.firstMatch(of: line)).output.left
        try await terminal.wait(for: "the next second") {
            terminal.screen.text.firstMatch(of: line).map { $0.output.left != first } ?? false
        }
    }

    @Test func tokensAreRenewedBeforeTheyLapseAndThePaneShowsIt() async throws {
        let simulator = try await SimulatorProcess(arguments: ["--token-seconds", "15"])
        let terminal = try PseudoTerminal(amltopPath, environment: simulator.environment, columns: 120, rows: 36)
        try await terminal.wait(for: /control plane\s+management\S+\s+00:\d\d/)
        try await terminal.wait(for: /control plane\s+management\S+\s+(?:renewing|renewed) 00:\d\d/)
        #expect(!terminal.screen.text.contains("lapsed"))
    }

    @Test func movingZoomingHelpAndDetails() async throws {
        let session = try await started()
        let terminal = session.terminal
        terminal.send("G")
        try await terminal.wait(for: /2 Deployments · (?!churn)/)
        terminal.send("g\r")
        try await terminal.wait(forText: "scoring URI")
        terminal.send("\u{1B}")
        try await terminal.wait(forText: "1 Endpoints")
        terminal.send("?")
        try await terminal.wait(forText: "half a page up")
        terminal.send("q")
        try await terminal.wait(forTextToGo: "half a page up")
        terminal.send("/fraud\r")
        try await terminal.wait(forText: "1 Endpoints /fraud")
        try await terminal.wait(forTextToGo: "my-endpoint  ")
        terminal.send("\u{1B}")
        try await terminal.wait(forTextToGo: "/fraud")
        terminal.send("55")
        try await terminal.wait(forTextToGo: "4 Credentials")
        #expect(terminal.screen.text.contains("5 Traffic log"))
        terminal.send("q")
        try await terminal.wait(forText: "4 Credentials")
    }

    @Test func aStormOfSizesEndsWithAWholePicture() async throws {
        let session = try await started()
        let terminal = session.terminal
        for step in 1...30 { terminal.resize(columns: 60 + step * 2, rows: 20 + step % 9) }
        for (columns, rows) in [(20, 5), (1, 1), (3, 2)] { terminal.resize(columns: columns, rows: rows) }
        terminal.resize(columns: 100, rows: 30)
        try await terminal.wait(for: "borders to the edge") {
            terminal.screen.cell(column: 99, row: 1).text == "╮"
                && terminal.screen.cell(column: 99, row: 28).text == "╯"
        }
    }

    @Test func suspendingGivesTheTerminalBackAndComingBackPaints() async throws {
        let session = try await started()
        let terminal = session.terminal
        terminal.send("\u{1A}")
        try await terminal.waitUntilStopped()
        try await terminal.waitUntilRestored()
        terminal.continueInForeground()
        try await terminal.wait(for: "the dashboard") {
            terminal.screen.isAlternate && terminal.screen.text.contains("1 Endpoints")
        }
        terminal.send("?")
        try await terminal.wait(forText: "half a page up")
    }

    @Test func qLeavesAndRestores() async throws {
        let session = try await started()
        session.terminal.send("q")
        #expect(try await session.terminal.waitForExit() == .exited(0))
        try await session.terminal.waitUntilRestored()
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT])
    func aSignalLeavesAndRestores(number: Int32) async throws {
        let session = try await started()
        session.terminal.signal(number)
        #expect(try await session.terminal.waitForExit() == .exited(128 + number))
        try await session.terminal.waitUntilRestored()
    }

    @Test func theEndOfTheTerminalEndsIt() async throws {
        let session = try await started()
        session.terminal.hangUp()
        #expect(try await session.terminal.waitForExit() != nil)
    }

    @Test func theDemoNeedsNothing() async throws {
        let terminal = try PseudoTerminal(amltopPath, arguments: ["demo"], columns: 80, rows: 24)
        try await terminal.wait(forText: "my-endpoint")
        terminal.send("\u{3}")
        #expect(try await terminal.waitForExit() == .exited(0))
        try await terminal.waitUntilRestored()
    }

    // MARK: Bad days

    @Test func aSimulatorThatIsGoneLeavesTheDataAndSaysSo() async throws {
        let session = try await started()
        let terminal = session.terminal
        _ = try await session.simulator.stop()
        terminal.send("\u{1B}[15~")
        try await terminal.wait(for: /refused the connection|hung up|cut the connection/)
        #expect(terminal.screen.text.contains("my-endpoint"))
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
    }

    @Test func aWrongSecretIsExplainedAndQuittingWorks() async throws {
        let simulator = try await SimulatorProcess()
        let environment = simulator.environment.merging(["AZURE_CLIENT_SECRET": "wrong"]) { $1 }
        let terminal = try PseudoTerminal(amltopPath, environment: environment, columns: 120, rows: 36)
        try await terminal.wait(forText: "AADSTS7000215")
        try await terminal.wait(forText: "Set AZURE_CLIENT_SECRET")
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
    }

    @Test func withoutColoursAndWithoutUnicodeItStillReads() async throws {
        let simulator = try await SimulatorProcess()
        let environment = simulator.environment.merging(["LC_ALL": "C", "NO_COLOR": "1"]) { $1 }
        let terminal = try PseudoTerminal(amltopPath, environment: environment, columns: 100, rows: 30)
        try await terminal.wait(forText: "my-endpoint")
        #expect(terminal.output.allSatisfy { $0 < 0x80 })
    }
}
