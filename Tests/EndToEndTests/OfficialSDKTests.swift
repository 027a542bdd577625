import FoundationEssentials
import JSONValue
import Testing

/// Microsoft's own SDKs, unmodified, read the simulator and make new keys on it.
///
/// `AMLTOP_SDK_PYTHON` names a Python that has the packages of `Tests/SDK/requirements.txt`. Without it this is skipped,
/// but never where `CI=true`: there it fails.
@Suite(.serialized) struct OfficialSDKTests {
    static let python = ProcessInfo.processInfo.environment["AMLTOP_SDK_PYTHON"]
    static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

    private static let isSkipped: Comment =
        "AMLTOP_SDK_PYTHON names no Python with the packages of Tests/SDK/requirements.txt"

    /// Runs a script of `Tests/SDK` on a simulator; every line it prints is a check.
    private func run(
        _ script: String,
        _ arguments: [String] = [],
        simulator flags: [String],
        expecting count: Int
    ) async throws {
        let python = try #require(Self.python)
        let simulator = try await SimulatorProcess(arguments: flags)
        let path = #filePath.replacing("EndToEndTests/OfficialSDKTests.swift", with: "SDK/\(script)")
        let run = try await CommandProcess([path] + arguments, environment: simulator.environment, of: python)
        let checks = run.output.split(separator: "\n").compactMap { try? JSONValue.parse(String($0)) }
        for check in checks {
            let name = check["check"]?.stringValue ?? "?"
            #expect(check["ok"]?.boolValue == true, "\(name): \(check["error"]?.stringValue ?? "")")
        }
        #expect(run.status == 0, "\(run.errors.suffix(2_000))")
        #expect(checks.count >= count)
    }

    @Test(.enabled(if: python != nil || isCI, isSkipped))
    func theSDKsReadEverything() async throws {
        try await run("read_everything.py", simulator: ["--page-size", "4"], expecting: 10)
    }

    @Test(.enabled(if: python != nil || isCI, isSkipped))
    func theSDKMakesNewKeys() async throws {
        try await run("rotate_keys.py", simulator: ["--operation-seconds", "2"], expecting: 4)
    }

    @Test(.enabled(if: python != nil || isCI, isSkipped))
    func theSDKIsRefusedAsAReader() async throws {
        try await run("rotate_keys.py", ["reader"], simulator: ["--principal", "reader"], expecting: 4)
    }
}
