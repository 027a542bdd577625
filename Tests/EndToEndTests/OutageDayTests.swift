import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Days on which Azure, the way to it, or the machine itself is away.
@Suite(.serialized) struct OutageDayTests {
    @Test func anAzureThatDiesAndComesBackIsTheSameAgain() async throws {
        let day = try await BadDay(keepsState: true)
        try await day.begin()
        try await day.azure.kill()
        day.refresh()
        try await day.waitForTrouble(/refused the connection|cut the connection|hung up/)
        try await day.azure.restart()
        try await day.waitUntilCalm()
        try await day.quit()
    }

    @Test func aProxyThatIsNoneIsNamed() async throws {
        let azure = try await SimulatorProcess()
        let way = [
            "HTTPS_PROXY": "http://127.0.0.1:\(try azure.plainPort)",
            "ARM_CLOUD_METADATA_URL": "https://azure.invalid/metadata/endpoints?api-version=2019-05-01",
        ]
        let terminal = try PseudoTerminal(
            amltopPath,
            environment: azure.environment.merging(way) { $1 },
            columns: 140,
            rows: 40
        )
        try await terminal.wait(forText: "the proxy refused the way to azure.invalid")
        try await terminal.wait(forText: "F5 retries")
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
    }

    @Test func aProgramThatWasStoppedGoesOnWhereItWas() async throws {
        let day = try await BadDay()
        try await day.begin()
        day.terminal.signal(SIGSTOP)
        try await day.terminal.waitUntilStopped()
        day.terminal.continueInForeground()
        try await day.waitUntilCalm()
        try await day.quit()
    }
}
