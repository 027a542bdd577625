import FoundationEssentials
import JSONValue
import Testing

/// `amltop config` and `amltop token` as they are run.
@Suite struct ProgramConfigTests {
    private static let token =
        "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL21sLmF6dXJlLmNvbSIsImV4cCI6NDEwMjQ0NDgwMCwib2lkIjoibyJ9.c2ln"

    private func environment(_ folder: String, _ more: [String: String] = [:]) -> [String: String] {
        ["HOME": folder, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"].merging(more) { $1 }
    }

    /// `token inspect` with something to read.
    private func piped(_ text: String, _ options: String, _ folder: String) async throws -> CommandProcess {
        try Data(text.utf8).write(to: URL(filePath: folder + "/input"))
        return try await CommandProcess(
            ["-c", "exec '\(amltopPath)' token inspect \(options) < '\(folder)/input'"],
            environment: environment(folder),
            of: "/bin/sh"
        )
    }

    private func home(_ text: String?) throws -> String {
        let folder = "/tmp/amltop-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder + "/.config/amltop", withIntermediateDirectories: true)
        if let text { try Data(text.utf8).write(to: URL(filePath: folder + "/.config/amltop/config.yaml")) }
        return folder
    }

    @Test func thePathIsSaidWhetherThereIsAFileOrNot() async throws {
        let folder = try home(nil)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let command = try await CommandProcess(["config", "path"], environment: environment(folder))
        #expect(command.status == 0 && command.output == folder + "/.config/amltop/config.yaml\n")
        let none = try await CommandProcess(["config", "check"], environment: environment(folder))
        #expect(none.status == 0 && none.output.contains("there is none"))
    }

    @Test func mistakesAreNamedByTheirLineAndNeverQuoted() async throws {
        let folder = try home("language: en\ntime: sideways\n")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let wrong = try await CommandProcess(["config", "check"], environment: environment(folder))
        #expect(wrong.status == 1 && wrong.output.contains("config.yaml:2: time"), "\(wrong.output)\(wrong.errors)")
        let path = folder + "/.config/amltop/config.yaml"
        try Data("client_secret: s3cr3t-canary\ncolour: mauve\n".utf8).write(to: URL(filePath: path))
        let odd = try await CommandProcess(["config", "check"], environment: environment(folder))
        #expect(odd.status == 0 && odd.output.contains(":1:") && odd.output.contains(":2:"))
        #expect(!odd.output.contains("s3cr3t-canary") && !odd.errors.contains("s3cr3t-canary"))
    }

    @Test func everySettingSaysWhereItComesFrom() async throws {
        let folder = try home(
            """
            current: prod
            contexts:
              - {name: prod, subscription: s, resource_group: g, workspace: w, production: true, read_only: true, accent: red}
            thresholds:
              token_expiry: [5m, 1m]
            """
        )
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let variables = [
            "AMLTOP_ARM_TOKEN": "canary-token", "AZURE_CLIENT_SECRET": "canary-secret", "AZURE_TENANT_ID": "t",
        ]
        let command = try await CommandProcess(
            ["config", "show", "--utc"],
            environment: environment(folder, variables)
        )
        #expect(command.status == 0, "\(command.errors)")
        let rows = try #require(try JSONValue.parse(command.output).arrayValue)
        func setting(_ name: String) -> (value: String?, source: String?) {
            let row = rows.first { $0["name"]?.stringValue == name }
            return (row?["value"]?.stringValue, row?["source"]?.stringValue)
        }
        #expect(setting("workspace").value == "w" && setting("workspace").source?.hasSuffix("current: prod") == true)
        #expect(setting("read_only").value == "true" && setting("accent").value == "red")
        #expect(setting("tenant").source == "variable AZURE_TENANT_ID" && setting("time").source == "flag --utc")
        #expect(setting("thresholds.token_expiry").value == "5m, 1m")
        #expect(setting("thresholds.key_age").source == "default")
        #expect(!command.output.contains("canary") && setting("AZURE_CLIENT_SECRET").value != nil)
    }

    @Test func aTokenIsReadFromStandardInputAndNeverFromAnArgument() async throws {
        let folder = try home(nil)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for arguments in [[Self.token], ["--", Self.token], ["-o", Self.token], ["--" + Self.token]] {
            let refused = try await CommandProcess(["token", "inspect"] + arguments, environment: environment(folder))
            #expect(refused.status == 2 && !(refused.output + refused.errors).contains("eyJ"), "\(refused.errors)")
        }
        let inspected = try await piped("Authorization: Bearer \(Self.token)\n", "--for arm", folder)
        let answer = try JSONValue.parse(inspected.output)
        #expect(inspected.status == 0 && answer["form"]?.stringValue == "signed")
        #expect(
            answer["audienceFits"]?["ml"]?.stringValue == "yes" && answer["audienceFits"]?["arm"]?.stringValue == "no"
        )
        #expect(answer["isForUse"]?.boolValue == false && answer["claims"]?["oid"]?.stringValue == "o")
        #expect(!inspected.output.contains("eyJ"))
        let table = try await piped("{\"accessToken\": \"\(Self.token)\"}", "--for arm -o table", folder)
        #expect(table.output.contains("WRONG AUDIENCE"))
    }
}
