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

/// The scoring form of the built program against a simulator of its own, by keystrokes alone.
@Suite(.serialized) struct ScoringTerminalTests {
    /// A simulator, and a folder that is home, state and clipboard.
    private final class World {
        let simulator: SimulatorProcess
        let folder: String

        init() async throws {
            simulator = try await SimulatorProcess()
            var template = Array("/tmp/amltop-test-XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { throw PseudoTerminal.StartFailure(errno: errno) }
            folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            try script("xclip", "/bin/cat > '\(folder)/copied'")
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        func script(_ name: String, _ text: String) throws {
            try Data("#!/bin/sh\n\(text)\n".utf8).write(to: URL(filePath: "\(folder)/\(name)"))
            chmod("\(folder)/\(name)", 0o755)
        }

        var environment: [String: String] {
            simulator.environment.merging([
                "XDG_STATE_HOME": folder, "HOME": folder, "DISPLAY": ":9", "PATH": "\(folder):/usr/bin:/bin",
                "TMPDIR": folder,
            ]) { $1 }
        }

        func form(_ endpoint: String, _ arguments: [String] = [], columns: Int = 80, rows: Int = 24) async throws
            -> PseudoTerminal
        {
            let terminal = try PseudoTerminal(
                amltopPath,
                arguments: arguments,
                environment: environment,
                columns: columns,
                rows: rows
            )
            try await terminal.wait(forText: endpoint)
            terminal.send("/\(endpoint)\r")
            terminal.send("s")
            try await terminal.wait(forText: "Score · \(endpoint)")
            return terminal
        }

        func copied() -> String {
            FileManager.default.contents(atPath: "\(folder)/copied").map { String(decoding: $0, as: UTF8.self) } ?? ""
        }

        func keys(of endpoint: String) async throws -> [String] {
            let command = try await CommandProcess(
                ["online-endpoint", "get-credentials", "-n", endpoint],
                environment: environment
            )
            let answer = try JSONValue.parse(command.output)
            return ["primaryKey", "secondaryKey"].compactMap { answer[$0]?.stringValue }
        }
    }

    private static let f2 = "\u{1B}OQ"
    private static let f3 = "\u{1B}OR"
    private static let f4 = "\u{1B}OS"
    private static let f5 = "\u{1B}[15~"
    private static let f7 = "\u{1B}[18~"
    private static let f8 = "\u{1B}[19~"
    private static let f9 = "\u{1B}[20~"
    private static let escape = "\u{1B}"

    @Test func aBadBodyIsUnderstoodMendedComparedAndCopied() async throws {
        let world = try await World()
        let terminal = try await world.form("my-endpoint")
        terminal.send("{\"rows\": [[1, 2]]}")
        try await terminal.wait(forText: "rows")
        terminal.send(Self.f9)
        try await terminal.wait(for: /424 .*the model answered 400/)
        // The history is asked for once.
        try await terminal.wait(forText: "history")
        terminal.send("b")
        try await terminal.wait(forText: "refused the body as bad input")
        terminal.send(Self.f5)
        try await terminal.wait(forText: "Score · my-endpoint")
        terminal.send("\u{1B}a")
        terminal.send("{\"data\": [[1, 2, 3, 4]]}")
        try await terminal.wait(forText: "\"data\"")
        terminal.send(Self.f9)
        try await terminal.wait(forText: "200 OK")
        terminal.send("c")
        try await terminal.wait(for: /424/)
        try await terminal.wait(for: /200/)
        terminal.send(Self.escape)
        try await terminal.wait(forText: "200 OK")
        terminal.send(Self.f7)
        try await terminal.wait(forText: "as a curl line")
        terminal.send("c")
        try await terminal.wait(for: "the curl line") { !world.copied().isEmpty }
        let line = world.copied()
        #expect(line.hasPrefix("curl "))
        #expect(line.contains("Bearer $AML_KEY"))
        try await expectWorks(line, in: world)
        try FileManager.default.removeItem(atPath: "\(world.folder)/copied")
        terminal.send(Self.f7)
        try await terminal.wait(forText: "as a Python program")
        terminal.send("p")
        try await terminal.wait(for: "the program") { !world.copied().isEmpty }
        try await expectRuns(world.copied(), in: world)
        try await expectNoSecrets(in: world, terminal)
    }

    /// What was copied is run as it is, by a shell that has the key.
    private func expectWorks(_ line: String, in world: World) async throws {
        guard access("/usr/bin/curl", X_OK) == 0 else { return }
        let key = try #require(try await world.keys(of: "my-endpoint").first)
        let command = try await CommandProcess(
            ["-c", line.replacing("curl ", with: "curl --silent --fail-with-body ", maxReplacements: 1)],
            environment: [
                "PATH": "/usr/bin:/bin", "AML_KEY": key,
                "CURL_CA_BUNDLE": world.environment["SSL_CERT_FILE"] ?? "",
            ],
            of: "/bin/sh"
        )
        #expect(command.status == 0, "\(command.errors) \(command.output)")
        #expect(try JSONValue.parse(command.output).arrayValue?.count == 1)
    }

    private func expectRuns(_ program: String, in world: World) async throws {
        #expect(program.contains("os.environ[\"AML_KEY\"]"))
        guard access("/usr/bin/python3", X_OK) == 0 else { return }
        let key = try #require(try await world.keys(of: "my-endpoint").first)
        let command = try await CommandProcess(
            ["-c", program],
            environment: [
                "PATH": "/usr/bin:/bin", "AML_KEY": key, "SSL_CERT_FILE": world.environment["SSL_CERT_FILE"] ?? "",
            ],
            of: "/usr/bin/python3"
        )
        #expect(command.status == 0, "\(command.errors) \(command.output)")
        #expect(command.output.contains("200") || command.output.hasPrefix("["), "\(command.output)")
    }

    private func expectNoSecrets(in world: World, _ terminal: PseudoTerminal) async throws {
        let keys = try await world.keys(of: "my-endpoint")
        #expect(keys.count == 2)
        for name in try FileManager.default.subpathsOfDirectory(atPath: world.folder) {
            guard let data = FileManager.default.contents(atPath: "\(world.folder)/\(name)") else { continue }
            for key in keys { #expect(data.firstRange(of: Data(key.utf8)) == nil, "\(name)") }
        }
        for key in keys { #expect(!terminal.output.contains(sequence: String(key.prefix(16)))) }
    }

    @Test func aPayloadIsSavedLoadedAndEditedOutside() async throws {
        let world = try await World()
        try world.script(
            "the-editor",
            "printf '{\"data\": [[9, 9]]}\\n' > \"$1\"\nls -l \"$1\" > '\(world.folder)/seen'"
        )
        let terminal = try PseudoTerminal(
            "/bin/sh",
            arguments: ["-c", "cd '\(world.folder)' && exec '\(amltopPath)'"],
            environment: world.environment.merging(["VISUAL": "the-editor"]) { $1 },
            columns: 100,
            rows: 30
        )
        try await terminal.wait(forText: "my-endpoint")
        terminal.send("/my-endpoint\r")
        try await terminal.wait(for: /▸\s+my-endpoint/)
        terminal.send("s")
        try await terminal.wait(forText: "Score · my-endpoint")
        terminal.send(Self.f4)
        try await terminal.wait(forText: "[[9, 9]]")
        let seen = FileManager.default.contents(atPath: "\(world.folder)/seen") ?? Data()
        #expect(String(decoding: seen, as: UTF8.self).hasPrefix("-rw-------"))
        terminal.send(Self.f2)
        try await terminal.wait(forText: "my-endpoint.payload")
        terminal.send("\r")
        try await terminal.wait(forText: "Saved my-endpoint.payload")
        let file = FileManager.default.contents(atPath: "\(world.folder)/my-endpoint.payload") ?? Data()
        #expect(
            String(decoding: file, as: UTF8.self)
                == "---\nendpoint: my-endpoint\ncontent_type: application/json\n---\n{\"data\": [[9, 9]]}"
        )
        terminal.send("\u{1B}a")
        terminal.send("gone")
        try await terminal.wait(forTextToGo: "[[9, 9]]")
        terminal.send(Self.f3 + "f")
        try await terminal.wait(forText: "my-endpoint.payload")
        terminal.send("\r")
        try await terminal.wait(forText: "[[9, 9]]")
        // Nothing of the editor's file is left.
        let names = try FileManager.default.subpathsOfDirectory(atPath: world.folder)
        #expect(!names.contains { $0.contains("amltop-") || $0.hasSuffix("body.json") })
    }

    @Test func aRequestOnItsWayIsCancelledAtOnce() async throws {
        let world = try await World()
        let terminal = try await world.form("my-endpoint")
        terminal.send("{\"data\": [[1]], \"simulate\": {\"delay_ms\": 60000}}")
        try await terminal.wait(forText: "60000")
        terminal.send(Self.f9)
        try await terminal.wait(forText: "Answer")
        terminal.send(Self.escape)
        try await terminal.wait(for: /[Cc]ancelled/)
        terminal.send(Self.f5)
        try await terminal.wait(forText: "60000")
    }

    @Test func repeatingTellsPercentilesAsFarAsItCan() async throws {
        let world = try await World()
        let terminal = try await world.form("my-endpoint", columns: 120, rows: 36)
        terminal.send("{\"data\": [[1, 2]]}")
        try await terminal.wait(forText: "\"data\"")
        terminal.send(Self.f8)
        try await terminal.wait(forText: "Send many times")
        terminal.send("\r")
        try await terminal.wait(forText: "requests to each")
        terminal.send("\r")
        try await terminal.wait(for: /Done\s+10 of 10/)
        try await terminal.wait(for: /p95\s+needs 20/)
    }
}
