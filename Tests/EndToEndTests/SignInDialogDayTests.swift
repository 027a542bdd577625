import FoundationEssentials
import Testing

/// Signing in from the built dashboard, on a pseudo-terminal: with a code, and with an Azure CLI that gets the terminal.
@Suite(.serialized) struct SignInDialogDayTests {
    private static let withoutSecret = ["AZURE_CLIENT_SECRET": ""]

    @Test func aCodeThatIsEnteredElsewhereBringsTheDataBack() async throws {
        let day = try await BadDay(environment: Self.withoutSecret)
        try await day.terminal.wait(forText: "S signs in")
        day.terminal.send("S")
        try await day.terminal.wait(forText: "GivenToken: not set")
        day.terminal.send("d")
        try await day.terminal.wait(forText: "/devicelogin")
        try await day.terminal.wait(for: /good for 14:\d\d/)
        let status = try LoopbackRequest(method: "POST", path: "/_simulator/devicecode", body: "{}").send(
            to: day.azure.plainPort
        )
        #expect(status == 204)
        try await day.terminal.wait(forText: BadDay.endpoint)
        try await day.terminal.wait(forText: "Minji Kim")
        try await day.terminal.wait(for: "no trouble") { !day.terminal.screen.text.contains("S signs in") }
        try await day.quit()
    }

    @Test func escGivesUpAndTheDashboardIsAsBefore() async throws {
        let day = try await BadDay(environment: Self.withoutSecret)
        try await day.terminal.wait(forText: "S signs in")
        day.terminal.send("Sd")
        try await day.terminal.wait(forText: "/devicelogin")
        day.terminal.send("\u{1B}")
        try await day.terminal.wait(for: "no dialog") { !day.terminal.screen.text.contains("/devicelogin") }
        try await day.quit()
    }

    @Test func azLoginGetsTheTerminalWithoutSecretsAndPollingResumes() async throws {
        let azure = try await SimulatorProcess()
        // A token for the fake to hand out once somebody has logged in.
        let token = try await CommandProcess(
            ["account", "get-access-token", "-o", "tsv", "--query", "accessToken"],
            environment: azure.environment
        ).output.split(separator: "\n").first
        let folder = FileManager.default.temporaryDirectory.path + "/az-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let script = """
            #!/bin/sh
            if [ "$1" = login ]; then
              env > '\(folder)/env'
              printf 'type yes: '; read answer
              [ "$answer" = yes ] || exit 3
              touch '\(folder)/in'; exit 0
            fi
            [ -f '\(folder)/in' ] || { echo "ERROR: Please run 'az login' to setup account." >&2; exit 1; }
            echo '{"accessToken":"\(try #require(token))","expires_on":4102444800}'

            """
        try Data(script.utf8).write(to: URL(filePath: folder + "/az"))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/az")
        let variables = [
            "AZURE_CLIENT_ID": "", "AZURE_CLIENT_SECRET": "", "AMLTOP_LOGS_TOKEN": "canary-token",
            "AZURE_CLIENT_CERTIFICATE_PASSWORD": "canary-password", "PATH": folder + ":/usr/bin:/bin",
        ]
        let environment = azure.environment.merging(variables) { $1 }
        let terminal = try PseudoTerminal(amltopPath, environment: environment, columns: 120, rows: 36)
        try await terminal.wait(forText: "S signs in")
        terminal.send("Sa")
        try await terminal.wait(forText: "type yes:")
        terminal.send("no\r")
        try await terminal.wait(forText: "`az login` ended with 3")
        terminal.send("a")
        try await terminal.wait(forText: "type yes:")
        terminal.send("yes\r")
        try await terminal.wait(forText: "my-endpoint")
        let seen = try String(contentsOfFile: folder + "/env", encoding: .utf8)
        #expect(!seen.contains("canary") && seen.contains("AZURE_TENANT_ID"))
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
        try await terminal.waitUntilRestored()
    }

    @Test func ctrlCIsForAzAlone() async throws {
        let azure = try await SimulatorProcess()
        let folder = FileManager.default.temporaryDirectory.path + "/az-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let script = "#!/bin/sh\n[ \"$1\" = login ] || exit 1\necho waiting for a browser\nread answer\n"
        try Data(script.utf8).write(to: URL(filePath: folder + "/az"))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/az")
        let variables = ["AZURE_CLIENT_SECRET": "", "PATH": folder + ":/usr/bin:/bin"]
        let environment = azure.environment.merging(variables) { $1 }
        let terminal = try PseudoTerminal(amltopPath, environment: environment, columns: 120, rows: 36)
        try await terminal.wait(forText: "S signs in")
        terminal.send("Sa")
        try await terminal.wait(forText: "waiting for a browser")
        terminal.send("\u{03}")
        try await terminal.wait(forText: "`az login` ended with -2")
        terminal.send("\u{1B}")
        try await terminal.wait(for: "no dialog") { !terminal.screen.text.contains("`az login` ended") }
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
    }
}
