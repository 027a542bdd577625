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

/// Secrets planted where they belong, and looked for everywhere else.
@Suite(.serialized) struct CanaryTests {
    /// A folder for everything a run can write: home, state, temporary files; programs that tell what they are given.
    private final class World {
        let folder: String
        let simulator: SimulatorProcess
        let environment: [String: String]

        init() async throws {
            simulator = try await SimulatorProcess()
            folder = "/tmp/amltop-canary-\(UUID().uuidString)"
            for name in ["home", "state", "tmp", "bin", "told"] {
                try FileManager.default.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
            }
            let told = folder + "/told"
            for (name, rest) in [
                ("az", "echo '{}'"), ("xclip", "/bin/cat > /dev/null"),
            ] {
                let script =
                    "#!/bin/sh\n/usr/bin/env > '\(told)/\(name).env'\necho \"$@\" > '\(told)/\(name).args'\n\(rest)\n"
                try Data(script.utf8).write(to: URL(filePath: "\(folder)/bin/\(name)"))
                chmod("\(folder)/bin/\(name)", 0o755)
            }
            environment = simulator.environment.merging([
                "HOME": folder + "/home", "XDG_STATE_HOME": folder + "/state", "TMPDIR": folder + "/tmp",
                "PATH": folder + "/bin:/usr/bin:/bin", "DISPLAY": ":9", "LC_ALL": "C.UTF-8",
                "AZURE_CLIENT_CERTIFICATE_PASSWORD": CanaryTests.planted["certificate password"] ?? "",
                "AMLTOP_LOGS_TOKEN": CanaryTests.planted["logs token"] ?? "",
            ]) { $1 }
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        var log: String { folder + "/home/amltop.log" }
    }

    private static let planted = [
        "certificate password": "canary/cert+pass=word&0123456789",
        "logs token": "canary-logs-token-9f8e7d6c5b4a39281706",
    ]

    /// What lets in at this simulator: asked for by the commands whose answer it is.
    private func secrets(of world: World) async throws -> [String: String] {
        var secrets = Self.planted
        secrets["client secret"] = world.environment["AZURE_CLIENT_SECRET"]
        func answer(_ arguments: [String], _ fields: [String: String]) async throws {
            let command = try await CommandProcess(arguments, environment: world.environment)
            let answer = try JSONValue.parse(command.output)
            for (field, name) in fields {
                secrets[name] = try #require(answer[field]?.stringValue, "\(command.errors)")
            }
        }
        try await answer(
            ["online-endpoint", "get-credentials", "-n", "churn"],
            ["primaryKey": "primary key", "secondaryKey": "secondary key"]
        )
        #expect(secrets.values.allSatisfy { $0.utf8.count >= 12 })
        return secrets
    }

    private func start(_ world: World, _ more: [String: String] = [:]) async throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(
            amltopPath,
            arguments: ["--log", world.log, "--debug"],
            environment: world.environment.merging(more) { $1 }
        )
        try await terminal.wait(forText: "fraud-scoring")
        terminal.send("/churn\r")
        try await terminal.wait(for: /▸\s+[◆▲· ]*\s*churn/)
        return terminal
    }

    private func tell(_ path: String) -> [UInt8] { FileManager.default.contents(atPath: path).map(Array.init) ?? [] }

    @Test func noSecretIsWhereItShouldNotBe() async throws {
        let world = try await World()
        let secrets = try await secrets(of: world)
        let search = SecretSearch(secrets)
        let key = try #require(secrets["primary key"])
        let terminal = try await start(world)
        #expect(search.found(in: terminal.output).isEmpty, "before anybody asked")

        terminal.send("v")
        try await terminal.wait(forText: "Show for 10 seconds")
        terminal.send("p")
        try await terminal.wait(forText: key)
        #expect(search.found(in: terminal.screen.text) == ["primary key (raw)"], "revealed, and found by this search")
        terminal.send("x")
        try await terminal.wait(forTextToGo: "masked again")
        // One picture comes in pieces: the key's row may be the next.
        try await terminal.wait(forTextToGo: key)
        #expect(search.found(in: terminal.screen.text).isEmpty, "masked")

        terminal.forgetOutput()
        terminal.send("y")
        try await terminal.wait(forText: Self.mask)
        terminal.send("s")
        try await terminal.wait(forText: "not shown")
        // The way out that was asked for is the terminal's clipboard, which takes base64.
        #expect(search.found(in: terminal.output) == ["secondary key (base64 at 0)"])
        #expect(terminal.output.contains(sequence: "]52;c;"))

        terminal.forgetOutput()
        terminal.send("4i")
        try await terminal.wait(forText: "What it is for")
        terminal.send("\u{1B}")
        try await terminal.wait(forTextToGo: "What it is for")
        let arguments = tell("/proc/\(terminal.pid)/cmdline")
        terminal.send("q")
        try await terminal.waitForExit()
        #expect(search.found(in: terminal.output).isEmpty && search.found(in: terminal.screen.text).isEmpty)
        #expect(search.found(in: arguments).isEmpty)

        // The Azure CLI's turn, with everything secret around it.
        let variables = world.environment.merging(["AZURE_TOKEN_CREDENTIALS": "AzureCliCredential"]) { $1 }
        let failed = try await CommandProcess(["account", "show", "--debug"], environment: variables)
        #expect(failed.status != 0 && search.found(in: failed.output + failed.errors).isEmpty)
        for name in ["az.env", "az.args", "xclip.env", "xclip.args"] {
            #expect(!tell(world.folder + "/told/" + name).isEmpty, "\(name)")
        }
        #expect(tell(world.log).count > 1_000, "there is a log to search")
        #expect(search.found(below: world.folder).isEmpty, "\(search.found(below: world.folder))")
    }

    private static let mask = "••••••••"

    @Test(arguments: [SIGTERM, SIGHUP, SIGABRT, SIGSEGV, SIGTSTP])
    func whoeverEndsItWhileASecretIsShownFindsNone(_ signal: Int32) async throws {
        let world = try await World()
        let secrets = try await secrets(of: world)
        let search = SecretSearch(secrets)
        let terminal = try await start(world)
        terminal.send("vp")
        try await terminal.wait(forText: secrets["primary key"] ?? "")
        terminal.forgetOutput()
        terminal.signal(signal)
        if signal == SIGTSTP { try await terminal.waitUntilStopped() } else { try await terminal.waitForExit() }
        #expect(search.found(in: terminal.output).isEmpty && search.found(in: terminal.screen.text).isEmpty)
        #expect(!terminal.screen.isAlternate)
        if signal == SIGTSTP {
            terminal.continueInForeground()
            try await terminal.wait(forText: "churn")
            #expect(search.found(in: terminal.screen.text).isEmpty)
        }
        #expect(search.found(below: world.folder).isEmpty)
    }

    /// Where there is no second screen to leave, the last frame stays: it must not be the one with the secret.
    @Test(arguments: ["\u{3}", "\u{1A}"])
    func aTerminalWithoutASecondScreenIsLeftWithoutIt(_ key: String) async throws {
        let world = try await World()
        let secrets = try await secrets(of: world)
        let terminal = try await start(world, ["TERM": "linux"])
        terminal.send("vp")
        try await terminal.wait(forText: secrets["primary key"] ?? "")
        terminal.send(key)
        if key == "\u{3}" { try await terminal.waitForExit() } else { try await terminal.waitUntilStopped() }
        #expect(SecretSearch(secrets).found(in: terminal.screen.text).isEmpty)
        #expect(terminal.screen.text.contains("churn"), "the last frame is still there")
    }

    /// Whether frames and curses forget what they showed: a glyph of each is one cell, so a text lies there in steps.
    @Test(.enabled(if: access("/proc/self/mem", R_OK) == 0))
    func noFrameInMemoryKeepsWhatWasShown() async throws {
        let world = try await World()
        let secrets = try await secrets(of: world)
        let key = Array((secrets["primary key"] ?? "").utf8.prefix(16))
        let terminal = try await start(world)
        terminal.send("vp")
        try await terminal.wait(forText: String(decoding: key, as: UTF8.self))
        let shown = try ProcessMemory(terminal.pid).steps(between: key)
        #expect(!shown.isEmpty, "the search finds what is on the screen")
        // Every second brings another frame.
        try await terminal.wait(forText: "masked again in 8 s")
        terminal.send("x")
        try await terminal.wait(forTextToGo: "masked again")
        // The terminal hears of the new frame a moment before the old one is overwritten.
        let deadline = ContinuousClock.now + .seconds(10)
        var left = try ProcessMemory(terminal.pid).steps(between: key)
        while !left.isEmpty, ContinuousClock.now < deadline {
            left = try ProcessMemory(terminal.pid).steps(between: key)
        }
        #expect(left == [])
    }

    @Test func theSearchFindsEveryEncoding() {
        let secret = "canary/Key+with=odd&bytes~~0123456789??>>"
        let search = SecretSearch(["s": secret])
        let bytes = Array(secret.utf8)
        #expect(search.found(in: "x\(secret)y") == ["s (raw)"])
        for before in ["", "a", "ab", "abc", "abcd"] {
            for after in ["", "z", "zy", "zyx"] {
                let encoded = Data(Array(before.utf8) + bytes + Array(after.utf8)).base64EncodedString()
                #expect(!search.found(in: "<\(encoded)>").isEmpty, "\(before) \(after)")
                let url = encoded.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
                #expect(!search.found(in: "<\(url)>").isEmpty, "\(before) \(after)")
            }
        }
        let escaped = "canary%2FKey%2Bwith%3Dodd%26bytes~~0123456789%3F%3F%3E%3E"
        #expect(search.found(in: "?secret=\(escaped)&x=1") == ["s (percent)"])
        #expect(search.found(in: String(secret.dropLast())).isEmpty && search.found(in: [UInt8]()).isEmpty)
    }

    @Test func theSearchGoesThroughFoldersAndNames() throws {
        let folder = "/tmp/amltop-canary-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder + "/.a/b", withIntermediateDirectories: true)
        try Data("xx canary-secret-123456 yy".utf8).write(to: URL(filePath: folder + "/.a/b/history.sqlite-wal"))
        #expect(
            SecretSearch(["s": "canary-secret-123456"]).found(below: folder) == ["s (raw) in .a/b/history.sqlite-wal"]
        )
    }
}

/// The memory of a running program, as the system shows it to its parent.
private struct ProcessMemory {
    private let pid: pid_t

    init(_ pid: pid_t) { self.pid = pid }

    /// At which distances the characters of a text stand in memory, each alone in its cell.
    func steps(between text: [UInt8]) throws -> [Int] {
        let maps = FileManager.default.contents(atPath: "/proc/\(pid)/maps").map { String(decoding: $0, as: UTF8.self) }
        let file = open("/proc/\(pid)/mem", O_RDONLY)
        try #require(file >= 0)
        defer { close(file) }
        var found: Set<Int> = []
        for line in (maps ?? "").split(separator: "\n") where line.contains(" rw") && !line.contains("[v") {
            let bounds = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt(String($0), radix: 16) }
            guard bounds.count == 2 else { continue }
            var bytes = [UInt8](repeating: 0, count: Int(bounds[1] - bounds[0]))
            let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, off_t(bounds[0])) }
            guard count > 0 else { continue }
            bytes.withUnsafeBytes { Self.search(text, in: UnsafeRawBufferPointer(rebasing: $0[..<count]), &found) }
        }
        return found.sorted()
    }

    private static func search(_ text: [UInt8], in memory: UnsafeRawBufferPointer, _ found: inout Set<Int>) {
        guard let start = memory.baseAddress else { return }
        var offset = 0
        while offset < memory.count, let hit = memchr(start + offset, Int32(text[0]), memory.count - offset) {
            let place = UnsafeRawPointer(hit) - start
            offset = place + 1
            guard place + 2 < memory.count, memory[place + 1] == 0, memory[place + 2] == 0 else { continue }
            for step in stride(from: 8, through: 40, by: 4) where place + step * text.count <= memory.count {
                let isHere = text.indices.allSatisfy {
                    memory[place + $0 * step] == text[$0] && memory[place + $0 * step + 1] == 0
                }
                if isHere { found.insert(step) }
            }
        }
    }
}
