import JSONValue
import Testing

/// `amltop status`, by which scripts and status lines judge.
@Suite(.serialized) struct ProgramStatusTests {
    @Test func anAlertIsTwentyAndSaysWhat() async throws {
        let simulator = try await SimulatorProcess()
        let line = try await CommandProcess(["status", "--line"], environment: simulator.environment)
        #expect(line.status == 20 && line.errors == "")
        #expect(line.output.split(separator: "\n").count == 1)
        // In a world that lives another endpoint may be ill too by chance; this one always is.
        #expect(line.output.contains(/▲[1-9]/))
        let plain = try await CommandProcess(
            ["status", "--line", "--ascii"],
            environment: simulator.environment
        )
        #expect(plain.output.utf8.allSatisfy { $0 < 0x80 } && plain.output.contains(/![1-9]/))
        let status = try await CommandProcess(["status"], environment: simulator.environment)
        let report = try JSONValue.parse(status.output)
        #expect(status.status == 20 && report["severity"]?.stringValue == "alert")
        #expect(report["complete"]?.boolValue == true)
        let findings = try #require(report["findings"]?.arrayValue)
        let alerts = findings.filter { $0["severity"]?.stringValue == "alert" }
        let endpoints = Set(alerts.compactMap { $0["endpoint"]?.stringValue })
        let sources = alerts.filter { $0["endpoint"]?.stringValue == nil }
        #expect(endpoints.contains("llm-gateway") && report["alerts"]?.intValue == endpoints.count + sources.count)
        #expect(Array(findings.prefix(alerts.count)) == alerts)
    }

    @Test func signedOutIsAnAlert() async throws {
        let simulator = try await SimulatorProcess()
        let command = try await CommandProcess(
            ["status", "--line"],
            environment: simulator.environment.merging(["AZURE_CLIENT_SECRET": "wrong"]) { $1 }
        )
        #expect(command.status == 20)
        #expect(command.output.contains("▲"))
    }

    @Test func whatCannotBeReachedIsAWarning() async throws {
        let command = try await CommandProcess(
            ["status", "--line"],
            environment: [
                "ARM_CLOUD_METADATA_URL": "https://localhost:1/x", "AZURE_SUBSCRIPTION_ID": "s",
                "AZURE_DEFAULTS_GROUP": "g",
                "AZURE_DEFAULTS_WORKSPACE": "w",
            ]
        )
        #expect(command.status == 10)
        #expect(command.output.contains("localhost"))
    }

    @Test func withoutAWorkspaceItIsWrongUse() async throws {
        #expect(try await CommandProcess(["status"]).status == 2)
    }
}
