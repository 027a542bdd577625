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
        let simulator = try await SimulatorProcess(arguments: ["--page-size", "4"])
        let count = try await checks(of: "read_everything.py", environment: simulator.environment)
        #expect(count >= 10)
    }

    @Test(
        .enabled(
            if: python != nil || isCI,
            "AMLTOP_SDK_PYTHON names no Python with the packages of Tests/SDK/requirements.txt"
        ),
        arguments: ["secret", "certificate", "pfx", "workload", "managed"]
    )
    func azureIdentitySignsInEveryWay(_ way: String) async throws {
        let simulator = try await SimulatorProcess(arguments: ["--sign-in", way])
        let environment = simulator.environment.merging(["SIGN_IN": way]) { $1 }
        let count = try await checks(of: "sign_in.py", environment: environment)
        #expect(count == (way == "secret" ? 4 : 2))
    }

    @Test(
        .enabled(
            if: python != nil || isCI,
            "AMLTOP_SDK_PYTHON names no Python with the packages of Tests/SDK/requirements.txt"
        )
    )
    func theSDKMakesNewKeys() async throws {
        let simulator = try await SimulatorProcess(arguments: ["--operation-seconds", "2"])
        #expect(try await checks(of: "rotate_keys.py", environment: simulator.environment) == 4)
    }

    @Test(
        .enabled(
            if: python != nil || isCI,
            "AMLTOP_SDK_PYTHON names no Python with the packages of Tests/SDK/requirements.txt"
        )
    )
    func theSDKIsRefusedAsAReader() async throws {
        let simulator = try await SimulatorProcess(arguments: ["--principal", "reader"])
        let environment = simulator.environment.merging(["PRINCIPAL": "reader"]) { $1 }
        #expect(try await checks(of: "rotate_keys.py", environment: environment) == 4)
    }

    @Test(
        .enabled(
            if: python != nil || isCI,
            "AMLTOP_SDK_PYTHON names no Python with the packages of Tests/SDK/requirements.txt"
        )
    )
    func theSDKInvokesEndpoints() async throws {
        let simulator = try await SimulatorProcess()
        #expect(try await checks(of: "invoke.py", environment: simulator.environment) == 12)
    }

    /// Runs a script whose every check has to come out well, and says how many there were.
    private func checks(of script: String, environment: [String: String]) async throws -> Int {
        let python = try #require(Self.python)
        let path = #filePath.replacing("EndToEndTests/OfficialSDKTests.swift", with: "SDK/\(script)")
        let run = try await CommandProcess([path], environment: environment, of: python)
        let checks = run.output.split(separator: "\n").compactMap { try? JSONValue.parse(String($0)) }
        for check in checks {
            let name = check["check"]?.stringValue ?? "?"
            #expect(check["ok"]?.boolValue == true, "\(name): \(check["error"]?.stringValue ?? "")")
        }
        #expect(run.status == 0, "\(run.errors.suffix(2_000))")
        return checks.count
    }
}
