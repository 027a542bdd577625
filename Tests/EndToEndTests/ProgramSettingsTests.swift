import FoundationEssentials
import JSONValue
import Testing

/// Where the built program finds out what is meant: flags, variables, the Azure CLI's files, its own configuration.
@Suite(.serialized) struct ProgramSettingsTests {
    /// A home with the files that are given, and the variables of a simulator without those that name a workspace.
    private struct Home: ~Copyable {
        let folder: String
        var environment: [String: String]

        init(_ simulator: SimulatorProcess, files: [String: String] = [:]) throws {
            folder = "/tmp/amltop-home-\(UUID().uuidString)"
            environment = simulator.environment
            for name in ["AZURE_SUBSCRIPTION_ID", "AZURE_DEFAULTS_GROUP", "AZURE_DEFAULTS_WORKSPACE"] {
                environment[name] = nil
            }
            environment["HOME"] = folder
            environment["LC_ALL"] = "C.UTF-8"
            for (path, text) in files {
                let place = folder + "/" + path
                let parent = place.prefix(upTo: place.lastIndex(of: "/") ?? place.endIndex)
                try FileManager.default.createDirectory(
                    atPath: String(parent),
                    withIntermediateDirectories: true
                )
                try Data(text.utf8).write(to: URL(filePath: place))
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }
    }

    private static let list = ["online-endpoint", "list", "-o", "tsv"]

    private func place(_ simulator: SimulatorProcess) -> (subscription: String, group: String, workspace: String) {
        let variables = simulator.environment
        return (
            variables["AZURE_SUBSCRIPTION_ID"] ?? "", variables["AZURE_DEFAULTS_GROUP"] ?? "",
            variables["AZURE_DEFAULTS_WORKSPACE"] ?? ""
        )
    }

    private func context(_ simulator: SimulatorProcess, _ more: String = "") -> String {
        let place = place(simulator)
        return """
            contexts:
              - name: sim
                subscription: \(place.subscription)
                resource_group: \(place.group)
                workspace: \(place.workspace)
                \(more)
            """
    }

    @Test func whatTheAzureCLIIsConfiguredWithNamesTheWorkspace() async throws {
        let simulator = try await SimulatorProcess()
        let place = place(simulator)
        let files = [
            ".azure/config": "[defaults]\ngroup = \(place.group)\nworkspace = \(place.workspace)\n",
            ".azure/azureProfile.json":
                "\u{FEFF}{\"subscriptions\":[{\"id\":\"\(place.subscription)\",\"isDefault\":true}]}",
        ]
        let home = try Home(simulator, files: files)
        let command = try await CommandProcess(Self.list, environment: home.environment)
        #expect(command.status == 0 && command.output.contains("my-endpoint"), "\(command.errors)")
        let elsewhere = try await CommandProcess(Self.list + ["-w", "nowhere"], environment: home.environment)
        #expect(elsewhere.status == 3, "the flag wins")
    }

    @Test func aContextNamesTheWorkspace() async throws {
        let simulator = try await SimulatorProcess()
        let home = try Home(simulator, files: [".config/amltop/config.yaml": context(simulator)])
        let unnamed = try await CommandProcess(Self.list, environment: home.environment)
        #expect(unnamed.status == 2 && unnamed.errors.contains("AZURE_SUBSCRIPTION_ID"))
        for arguments in [["--context", "sim"] + Self.list, Self.list + ["--context=sim"]] {
            let named = try await CommandProcess(arguments, environment: home.environment)
            #expect(named.status == 0 && named.output.contains("my-endpoint"), "\(named.errors)")
        }
        let wrong = try await CommandProcess(Self.list + ["--context", "prod"], environment: home.environment)
        #expect(wrong.status == 2 && wrong.errors.contains("prod") && wrong.errors.contains("sim"))
    }

    @Test func theCurrentContextHoldsAndItsFileSpeaks() async throws {
        let simulator = try await SimulatorProcess()
        let text = "current: sim\nlanguage: ko\ncolour: blue\n" + context(simulator)
        let home = try Home(simulator, files: [".config/amltop/config.yaml": text])
        let command = try await CommandProcess(Self.list, environment: home.environment)
        #expect(command.status == 0 && command.output.contains("my-endpoint"))
        #expect(command.errors.contains("config.yaml:3:") && command.errors.contains("colour"))
        #expect(command.errors.contains("알 수 없는"), "in the language of the configuration")
        let quiet = try await CommandProcess(Self.list + ["--only-show-errors"], environment: home.environment)
        #expect(quiet.status == 0 && quiet.errors == "")
    }

    @Test func whatIsWrongInTheFileIsNamedWithLineAndField() async throws {
        let simulator = try await SimulatorProcess()
        let home = try Home(
            simulator,
            files: [".config/amltop/config.yaml": "thresholds:\n  p95: [1s, soon]\n"]
        )
        let command = try await CommandProcess(Self.list, environment: home.environment)
        #expect(command.status == 2 && command.output == "")
        #expect(command.errors.contains("config.yaml:2: thresholds.p95: "))
        #expect(command.errors.split(separator: "\n").count == 1)
    }

    @Test func aReadOnlyContextSaysSoOnTheDashboard() async throws {
        let simulator = try await SimulatorProcess()
        let files = [".config/amltop/config.yaml": "time: utc\n" + context(simulator, "read_only: true")]
        let home = try Home(simulator, files: files)
        let terminal = try PseudoTerminal(
            amltopPath,
            arguments: ["--context", "sim"],
            environment: home.environment,
            columns: 140,
            rows: 36
        )
        try await terminal.wait(forText: "my-endpoint")
        try await terminal.wait(forText: "read-only")
        try await terminal.wait(for: /\d\d:\d\d:\d\d UTC/)
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
    }

    @Test func theFlagsOfTheDashboardReachIt() async throws {
        let simulator = try await SimulatorProcess()
        let terminal = try PseudoTerminal(
            amltopPath,
            arguments: ["--ascii", "--read-only", "--utc", "watch", "--language", "en"],
            environment: simulator.environment,
            columns: 140,
            rows: 36
        )
        try await terminal.wait(forText: "my-endpoint")
        try await terminal.wait(forText: "read-only")
        #expect(terminal.output.allSatisfy { $0 < 0x80 })
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
    }
}
