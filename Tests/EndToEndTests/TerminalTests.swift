import Testing

@Suite struct TerminalTests {
    private let fixture = PseudoTerminal.productFolder + "/TerminalFixture"

    @Test func quittingRestoresTheTerminal() async throws {
        let terminal = try PseudoTerminal(fixture)
        try await terminal.wait(forText: "step 1")
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
        #expect(terminal.isRestored)
    }
}
