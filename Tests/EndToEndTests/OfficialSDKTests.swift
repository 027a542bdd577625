import FoundationEssentials
import JSONValue
import Testing

/// Microsoft's own SDKs, unmodified, read the simulator.
///
/// `AMLTOP_SDK_PYTHON` names a Python that has the packages of `Tests/SDK/requirements.txt`. Without it this is skipped,
/// but never where `CI=true`: there it fails.
@Suite(.serialized) struct OfficialSDKTests {
    static let python = ProcessInfo.processInfo.environment["AMLTOP_SDK_PYTHON"]
    static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

    @Test(
        .enabled(
            if: python != nil || isCI,
            "AMLTOP_SDK_PYTHON names no Python with the packages of Tests/SDK/requirements.txt"
        )
    )
    func theSDKsReadEverything() async throws {
        let python = try #require(Self.python)
        let simulator = try await SimulatorProcess(arguments: ["--page-size", "4"])
        let script = #filePath.replacing("EndToEndTests/OfficialSDKTests.swift", with: "SDK/read_everything.py")
        let run = try await CommandProcess([script], environment: simulator.environment, of: python)
        let checks = run.output.split(separator: "\n").compactMap { try? JSONValue.parse(String($0)) }
        for check in checks {
            let name = check["check"]?.stringValue ?? "?"
            #expect(check["ok"]?.boolValue == true, "\(name): \(check["error"]?.stringValue ?? "")")
        }
        #expect(run.status == 0, "\(run.errors.suffix(2_000))")
        #expect(checks.count >= 10)
    }
}
