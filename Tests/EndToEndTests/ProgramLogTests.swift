import FoundationEssentials
import JSONValue
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The log file, searched for every secret that the program held.
@Suite(.serialized) struct ProgramLogTests {
    /// A folder of its own, gone at the end.
    private struct Folder: ~Copyable {
        let path = "/tmp/amltop-log-\(UUID().uuidString)"

        init() throws {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private func text(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// How a secret may be written: as it is, in base64 wherever it begins within three bytes, percent-encoded.
    private func disguises(of secret: String) -> [String] {
        let bytes = Array(secret.utf8)
        var forms = [secret]
        for offset in 0..<3 {
            let padded = Data(Array(repeating: UInt8(ascii: ":"), count: offset) + bytes).base64EncodedString()
            // What the neighbours decide is left out at both ends.
            forms.append(String(padded.dropFirst(offset == 0 ? 0 : 4).dropLast(4)))
        }
        forms.append(
            bytes.map { byte in
                let hex = String(byte, radix: 16, uppercase: true)
                let isPlain =
                    byte < 0x80
                    && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
                return isPlain ? String(Unicode.Scalar(byte)) : "%" + (hex.count < 2 ? "0" : "") + hex
            }.joined()
        )
        return forms.flatMap { [$0, $0.replacingOccurrences("+", "-").replacingOccurrences("/", "_")] }
    }

    private func expectNone(of secrets: [String], in log: String) {
        for secret in secrets {
            #expect(secret.count >= 16, "too short to be searched for")
            for form in disguises(of: secret) {
                #expect(!log.contains(form), "a secret of \(secret.count) characters is in the log")
            }
        }
    }

    @Test func noCommandWritesASecret() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        let log = folder.path + "/log"
        var secrets = [simulator.environment["AZURE_CLIENT_SECRET"] ?? ""]
        func run(_ arguments: [String], _ more: [String: String] = [:]) async throws -> JSONValue {
            let command = try await CommandProcess(
                arguments + ["--log", log, "--debug"],
                environment: simulator.environment.merging(more) { $1 }
            )
            #expect(command.errors == "" || !more.isEmpty)
            return (try? JSONValue.parse(command.output)) ?? .null
        }
        for name in ["my-endpoint", "llm-gateway", "fraud-scoring"] {
            let answer = try await run(["online-endpoint", "get-credentials", "-n", name])
            for field in ["primaryKey", "secondaryKey", "accessToken"] {
                secrets += answer[field]?.stringValue.map { [$0] } ?? []
            }
        }
        let token = try #require(try await run(["account", "get-access-token"])["accessToken"]?.stringValue)
        secrets += [token] + token.split(separator: ".").dropFirst().map(String.init)
        _ = try await run(["online-endpoint", "list"], ["AMLTOP_ARM_TOKEN": token])
        _ = try await run(["online-endpoint", "list"], ["AMLTOP_ARM_TOKEN": "canary-token-that-is-none"])
        _ = try await run(["online-endpoint", "list"], ["AZURE_CLIENT_SECRET": "canary~secret/that+is=wrong"])
        _ = try await run(
            ["online-endpoint", "list"],
            ["HTTPS_PROXY": "http://user:canary-password-of-proxy@localhost:1"]
        )
        secrets += ["canary-token-that-is-none", "canary~secret/that+is=wrong", "canary-password-of-proxy"]
        let written = text(log)
        #expect(written.contains("operation=onlineEndpoints.keys") && written.contains("/listKeys?api-version="))
        #expect(written.contains("status=200") && written.contains("AADSTS7000215") == false)
        #expect(written.split(separator: "\n").count > 30)
        #expect(secrets.count >= 10)
        expectNone(of: secrets, in: written)
        var facts = stat()
        stat(log, &facts)
        #expect(facts.st_mode & 0o777 == 0o600)
    }

    @Test func theDashboardWritesToItsOwnFileAndNoSecret() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        let terminal = try PseudoTerminal(
            amltopPath,
            arguments: ["--debug"],
            environment: simulator.environment.merging(["XDG_STATE_HOME": folder.path]) { $1 },
            columns: 120,
            rows: 36
        )
        try await terminal.wait(forText: "my-endpoint")
        let log = folder.path + "/amltop/debug.log"
        try await terminal.wait(for: "a query of the log") {
            text(log).contains("trafficLog.query") && text(log).contains("onlineEndpoints.token")
        }
        #expect(!terminal.screen.text.contains("debug answered"))
        terminal.send("q")
        #expect(try await terminal.waitForExit() == .exited(0))
        #expect(terminal.screen.text.contains("/amltop/debug.log"), "the terminal says where it is")
        #expect(text(log).contains("AmlOnlineEndpointTrafficLog"))
        expectNone(of: [simulator.environment["AZURE_CLIENT_SECRET"] ?? ""], in: text(log))
        #expect(!text(log).contains(/eyJ[A-Za-z0-9_-]{10}/), "nothing that looks like a token")
    }

    @Test func debugAloneGoesToStderrAndNothingElseToStdout() async throws {
        let simulator = try await SimulatorProcess()
        let command = try await CommandProcess(
            ["--debug", "online-endpoint", "show", "-n", "my-endpoint"],
            environment: simulator.environment
        )
        #expect(command.status == 0 && command.errors.contains(" debug answered "))
        #expect((try? JSONValue.parse(command.output)) != nil)
    }

    @Test func withoutDebugOnlyFailuresAreWrittenAndLinesAreAppended() async throws {
        let simulator = try await SimulatorProcess()
        let folder = try Folder()
        let log = folder.path + "/log"
        try Data("before\n".utf8).write(to: URL(filePath: log))
        let command = try await CommandProcess(
            ["--log", log, "online-endpoint", "show", "-n", "nowhere"],
            environment: simulator.environment
        )
        #expect(command.status == 3)
        #expect(text(log).hasPrefix("before\n"))
        #expect(text(log).contains("UserError") && !text(log).contains(" debug "))
        var facts = stat()
        stat(log, &facts)
        #expect(facts.st_mode & 0o777 == 0o600, "though it was readable for others before")
    }

    @Test func aFileThatCannotBeWrittenIsNamed() async throws {
        let command = try await CommandProcess(
            ["account", "show", "--log", "/nowhere/log"],
            environment: ["AZURE_SUBSCRIPTION_ID": "s"]
        )
        #expect(command.status == 1 && command.errors.contains("/nowhere/log"))
    }
}

extension String {
    fileprivate func replacingOccurrences(_ old: Character, _ new: Character) -> String {
        String(map { $0 == old ? new : $0 })
    }
}
