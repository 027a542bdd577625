import Testing

/// The simulator's bad days, begun before the test so that nobody waits for them.
@Suite(.serialized) struct ScenarioDayTests {
    /// A scenario that has run for so many seconds.
    private func day(_ scenario: String, aged seconds: Double = 0, _ arguments: [String] = []) async throws -> BadDay {
        let day = try await BadDay(["--scenario", scenario] + arguments, keepsState: true)
        guard seconds > 0 else { return day }
        try await day.azure.kill()
        try await day.azure.restart(aging: seconds)
        return day
    }

    @Test func incident() async throws {
        let day = try await day("incident", aged: 300)
        try await day.terminal.wait(forText: BadDay.endpoint)
        // The storm is in the figures, in the header's alerts and in the log.
        try await day.terminal.wait(for: /▲\d/)
        try await day.terminal.wait(for: /(?:fraud-scoring|recsys-home).+\b[1-9]\d\.\d\b/)
        day.terminal.send("!")
        try await day.terminal.wait(forText: "1 Endpoints !trouble")
        try await day.terminal.wait(forTextToGo: BadDay.endpoint + "  ")
        #expect(day.terminal.screen.text.contains("recsys-home"))
        // Among the newest rows there may be none by chance; among the failed ones there are.
        try await day.terminal.wait(for: /(424|5\d\d|429) +(fraud-scoring|recsys-home)/)
        try await day.quit()
    }

    @Test func expiry() async throws {
        let day = try await day("expiry", [])
        try await day.terminal.wait(forText: BadDay.endpoint)
        let line = /control plane\s+management\S+.*0[01]:\d\d/
        try await day.terminal.wait(for: line)
        try await day.waitUntilCalm()
        #expect(!day.terminal.screen.text.contains("lapsed"))
        try await day.quit()
    }

    @Test func rollout() async throws {
        let day = try await day("rollout", aged: 300)
        try await day.terminal.wait(forText: BadDay.endpoint)
        day.terminal.send("/fraud\r")
        try await day.terminal.wait(for: /blue +50 %/)
        try await day.terminal.wait(for: /green +50 %/)
        try await day.quit()
    }

    @Test func throttled() async throws {
        let day = try await day("throttled")
        try await day.terminal.wait(forText: BadDay.endpoint)
        // Its bucket holds so little that nearly all of it is kept for what is essential.
        let budget = /ARM (?<left>\d+)\//
        try await day.terminal.wait(for: budget)
        for _ in 1...4 {
            day.refresh()
            try await day.terminal.wait(for: "fresh endpoints") { day.border.contains(/\b[0-2] s ago|throttled/) }
            let left = try #require(day.terminal.screen.text.firstMatch(of: budget)).output.left
            #expect(Int(left).map { $0 <= 12 } == true)
            #expect(day.terminal.screen.text.contains(BadDay.endpoint))
        }
        try await day.quit()
    }

    @Test func signedOut() async throws {
        let day = try await day("signed-out", aged: 50, ["--token-seconds", "15"])
        try await day.begin()
        try await day.waitForTrouble(/the client secret has expired/, key: "S signs in")
        try await day.quit()
    }

    @Test func fleet() async throws {
        let day = try await day("fleet", ["--endpoints", "300", "--deployments", "1", "--rows", "500"])
        try await day.terminal.wait(for: /300 endpoints/)
        day.terminal.send("G")
        try await day.terminal.wait(for: /300 of 300/)
        try day.azure.order(#"{"kind": "status", "status": 503}"#)
        day.refresh()
        try await day.terminal.wait(for: /Azure answered 503.*data \d+ s ago.*F5/)
        try day.azure.clearFaults()
        try await day.terminal.wait(for: "no trouble any more") { !day.border.contains("▲") }
        try await day.quit()
    }
}
