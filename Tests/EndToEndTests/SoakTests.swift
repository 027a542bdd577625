import FoundationEssentials
import TestSupport
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Random keys, sizes and faults on the real terminal for as long as `AMLTOP_SOAK_SECONDS` says.
@Suite struct SoakTests {
    private static let seconds = ProcessInfo.processInfo.environment["AMLTOP_SOAK_SECONDS"].flatMap { Double($0) }

    private static let keys = [
        "1", "2", "3", "4", "5", "\t", "\u{1B}[Z", "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1B}[5~",
        "\u{1B}[6~",
        "j", "k", "g", "G", "h", "l", "\r", "\u{1B}", "?", "/", "!", "f", "z", "<", ">", "I", "Z", "\u{1B}[15~",
        "\u{12}",
        "\u{C}", "n", "N", " ", "U", "y", "w", "v", "\u{4}", "\u{15}", "\u{6}", "\u{2}", "a", "5", "%", "한", "\u{7F}",
        "\u{1B}[200~pasted\ntext\u{1B}[201~", "\u{1B}[I", "\u{1B}[O",
    ]

    private static let faults = [
        #"{"kind": "status", "status": 401}"#, #"{"kind": "status", "status": 403}"#,
        #"{"kind": "status", "status": 429}"#,
        #"{"kind": "status", "status": 503}"#, #"{"kind": "reset"}"#, #"{"kind": "half-body"}"#, #"{"kind": "drop"}"#,
        #"{"kind": "malformed-json"}"#, #"{"kind": "revoke-tokens"}"#, #"{"kind": "expire-tokens"}"#,
        #"{"kind": "delay", "ms": 900}"#, #"{"kind": "clock-skew", "seconds": 3600}"#,
        #"{"kind": "status", "status": 200, "body": "<html>"}"#,
    ]
    private static let paths = ["", "/onlineEndpoints\\?", "/deployments", "metrics", "/query", "/token"]

    @Test(.enabled(if: seconds != nil, "AMLTOP_SOAK_SECONDS is not set"))
    func randomKeysAndFaultsLeaveItAliveAndSmall() async throws {
        var random = SplitMix(state: 1)
        let azure = try await SimulatorProcess(arguments: ["--token-seconds", "30"])
        let terminal = try PseudoTerminal(amltopPath, environment: azure.environment, columns: 120, rows: 36)
        try await terminal.wait(forText: "my-endpoint")
        let start = ContinuousClock.now
        var samples: [(second: Int, kilobytes: Int)] = []
        var slowest = Duration.zero
        var round = 0
        while ContinuousClock.now - start < .seconds(Self.seconds ?? 0) {
            round += 1
            for _ in 0..<random.integer(1...20) { terminal.send(random.pick(Self.keys)) }
            if random.chance(30) {
                terminal.resize(columns: random.integer(1...160), rows: random.integer(1...50))
            }
            if random.chance(10) {
                try azure.order(random.pick(Self.faults), on: random.pick(Self.paths), count: random.integer(1...5))
            }
            if random.chance(5) { try azure.clearFaults() }
            if round % 50 == 0 {
                slowest = max(slowest, try await answerTime(terminal))
                let second = Int((ContinuousClock.now - start).components.seconds)
                if samples.last.map({ second - $0.second >= 30 }) ?? true {
                    samples.append((second, residentKilobytes(terminal.pid)))
                    print("soak: \(second) s, \(samples.last?.kilobytes ?? 0) KiB, slowest answer \(slowest)")
                }
            }
            try await terminal.wait(for: "a moment") { true }
            #expect(terminal.outcome == nil)
            try await Task.sleep(for: .milliseconds(20))
            if terminal.output.count > 1 << 20 { terminal.forgetOutput() }
        }
        terminal.send("\u{3}\u{3}")
        #expect(try await terminal.waitForExit() == .exited(0))
        try await terminal.waitUntilRestored()
        print("soak: \(round) rounds, slowest answer \(slowest), \(samples)")
        let settled = samples.dropFirst(samples.count / 3).first?.kilobytes ?? .max
        #expect((samples.last?.kilobytes ?? 0) < settled * 5 / 4, "memory grows: \(samples)")
    }

    /// How long a new size takes to be drawn to its last corner.
    private func answerTime(_ terminal: PseudoTerminal) async throws -> Duration {
        terminal.resize(columns: 60, rows: 20)
        try await terminal.wait(for: "a small picture") { terminal.screen.cell(column: 59, row: 1).text == "╮" }
        let start = ContinuousClock.now
        terminal.resize(columns: 120, rows: 36)
        try await terminal.wait(for: "a large picture") { terminal.screen.cell(column: 119, row: 1).text == "╮" }
        return ContinuousClock.now - start
    }

    private func residentKilobytes(_ pid: pid_t) -> Int {
        let path = "/proc/\(pid)/statm"
        let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4 } ?? 0
    }
}
