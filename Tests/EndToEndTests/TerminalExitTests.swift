import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Every way out of a program gives the terminal back as it was.
@Suite(.serialized) struct TerminalExitTests {
    private func started() async throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(fixture)
        try await terminal.wait(forText: "step 1")
        #expect(!terminal.isRestored)
        return terminal
    }

    @Test func quitting() async throws {
        let terminal = try await started()
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
        try await terminal.waitUntilRestored()
        #expect(terminal.screen.text.contains("bye"))
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT])
    func aSignal(number: Int32) async throws {
        let terminal = try await started()
        terminal.signal(number)
        #expect(try await terminal.waitForExit() == .exited(128 + number))
        try await terminal.waitUntilRestored()
    }

    @Test func theSecondSignalOfAProgramThatHangs() async throws {
        let terminal = try await started()
        terminal.send("h")
        terminal.signal(SIGTERM)
        terminal.signal(SIGINT)
        let outcome = try await terminal.waitForExit()
        // Either may be the second: signals that wait together come in no order.
        #expect([.exited(128 + SIGTERM), .exited(128 + SIGINT)].contains(outcome))
        try await terminal.waitUntilRestored()
    }

    @Test func exitingInTheMiddle() async throws {
        let terminal = try await started()
        terminal.send("e")
        #expect(try await terminal.waitForExit() == .exited(7))
        try await terminal.waitUntilRestored()
    }

    @Test func aCrashWithItsMessage() async throws {
        let terminal = try await started()
        terminal.send("x")
        let outcome = try await terminal.waitForExit()
        #expect([.signalled(SIGILL), .signalled(SIGTRAP)].contains(outcome))
        try await terminal.waitUntilRestored()
        let output = String(decoding: terminal.output, as: UTF8.self)
        let end = try #require(output.ranges(of: "\u{1B}[?1049l").last)
        #expect(output[end.upperBound...].contains("the fixture crashed as asked"))
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP])
    func aCrashFromOutside(number: Int32) async throws {
        let terminal = try await started()
        terminal.signal(number)
        #expect(try await terminal.waitForExit() == .signalled(number))
        try await terminal.waitUntilRestored()
    }

    @Test func theEndOfTheTerminal() async throws {
        let terminal = try await started()
        terminal.hangUp()
        #expect(try await terminal.waitForExit() == .exited(0))
    }

    @Test func suspendingByKey() async throws {
        let terminal = try await started()
        for _ in 1...2 {
            terminal.send("\u{1A}")
            try await terminal.waitUntilStopped()
            try await terminal.waitUntilRestored()
            terminal.continueInForeground()
            try await terminal.wait(forText: "resumed")
            #expect(terminal.screen.isAlternate && !terminal.isCanonical && terminal.isOn(mode: 2004))
        }
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
        try await terminal.waitUntilRestored()
        // The palette was never changed, so it must not be reset either.
        #expect(!String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}]"))
    }

    @Test func suspendingFromOutside() async throws {
        let terminal = try await started()
        terminal.signal(SIGTSTP)
        try await terminal.waitUntilStopped()
        try await terminal.waitUntilRestored()
        terminal.resize(columns: 100, rows: 30)
        terminal.continueInForeground()
        try await terminal.wait(forText: "100x30")
        try await terminal.wait(forText: "resumed")
        terminal.send("k")
        try await terminal.wait(forText: "character(\"k\")")
    }

    @Test func beingStoppedWithoutNoticeIsMendedAfterwards() async throws {
        let terminal = try await started()
        terminal.signal(SIGSTOP)
        try await terminal.waitUntilStopped()
        _ = terminal.screen.feed(Array("\u{1B}[2Jgarbage".utf8))
        terminal.continueInForeground()
        try await terminal.wait(forText: "resumed")
        try await terminal.wait(forTextToGo: "garbage")
        #expect(terminal.screen.line(0).hasPrefix("╭─ Fixture"))
    }
}
