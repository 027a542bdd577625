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

/// Rotations with the built program against a simulator of its own: by keystrokes, by command line, interrupted, refused.
@Suite(.serialized) struct RotationTerminalTests {
    /// A simulator and a folder for the journal.
    private final class World {
        let simulator: SimulatorProcess
        let folder: String

        init(_ arguments: [String] = []) async throws {
            simulator = try await SimulatorProcess(arguments: ["--operation-seconds", "1"] + arguments)
            var template = Array("/tmp/amltop-test-XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { throw PseudoTerminal.StartFailure(errno: errno) }
            folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        var environment: [String: String] {
            simulator.environment.merging(["XDG_STATE_HOME": folder, "HOME": folder]) { $1 }
        }

        func dashboard(_ arguments: [String] = [], columns: Int = 100, rows: Int = 30) async throws -> PseudoTerminal {
            let terminal = try PseudoTerminal(
                amltopPath,
                arguments: arguments,
                environment: environment,
                columns: columns,
                rows: rows
            )
            try await terminal.wait(forText: "my-endpoint")
            terminal.send("/my-end\r")
            try await terminal.wait(for: /▸.*my-endpoint/)
            return terminal
        }

        func run(_ arguments: [String], _ more: [String: String] = [:]) async throws -> CommandProcess {
            try await CommandProcess(arguments, environment: environment.merging(more) { $1 })
        }

        func journal() async throws -> [JSONValue] {
            let command = try await run(["journal", "list"])
            return try JSONValue.parse(command.output).arrayValue ?? []
        }

        func keys() async throws -> JSONValue {
            let command = try await run(["online-endpoint", "get-credentials", "-n", "my-endpoint"])
            return try JSONValue.parse(command.output)
        }

        func files() -> [String] {
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
            return names.map { folder + "/" + $0 }
        }
    }

    private static func events(_ journal: [JSONValue]) -> [String] { journal.compactMap { $0["event"]?.stringValue } }

    // MARK: By keystrokes

    @Test func fromTheFirstKeyToTheJournal() async throws {
        let world = try await World()
        let before = try await world.keys()
        let terminal = try await world.dashboard()
        terminal.send("r")
        try await terminal.wait(forText: "Which key is to be made new?")
        terminal.send("s\r")
        try await terminal.wait(forText: "nobody can prove")
        terminal.send("\r")
        try await terminal.wait(forText: "Type the endpoint's name")
        terminal.send("my-endpoint\r")
        try await terminal.wait(forText: "refused at the first try")
        let after = try await world.keys()
        #expect(after["primaryKey"] == before["primaryKey"])
        #expect(after["secondaryKey"] != before["secondaryKey"])
        let key = try #require(after["secondaryKey"]?.stringValue)
        #expect(!terminal.screen.text.contains(key))
        terminal.send("v")
        try await terminal.wait(for: "the key on the screen") {
            terminal.screen.text.replacing("\n", with: "").replacing(" ", with: "").contains(key.prefix(20))
        }
        terminal.send("v")
        try await terminal.wait(forTextToGo: String(key.prefix(12)))
        terminal.send("|cat > \(world.folder)/taken; env > \(world.folder)/seen\r")
        try await terminal.wait(forText: "given to a command")
        let taken = FileManager.default.contents(atPath: world.folder + "/taken")
        #expect(taken == Data(key.utf8))
        let seen = FileManager.default.contents(atPath: world.folder + "/seen") ?? Data()
        #expect(!String(decoding: seen, as: UTF8.self).contains("AZURE_CLIENT_SECRET"))
        try FileManager.default.removeItem(atPath: world.folder + "/taken")
        terminal.send("\r")
        try await terminal.wait(forText: "rotated and proven")
        terminal.send("J")
        try await terminal.wait(for: /my-endpoint\s+secondary\s+✓ proven/)
        let journal = try await world.journal()
        #expect(
            Self.events(journal) == [
                "slotChosen", "confirmed", "sending", "accepted", "operationEnded", "readBack", "probed",
                "oldKeyRefused", "handedOver", "ended",
            ]
        )
        #expect(journal.last?["outcome"] == ["state": "proven"])
        for file in world.files() {
            let text = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
            for secret in [key, before["secondaryKey"]?.stringValue ?? "-"] {
                #expect(!text.contains(secret), "\(file)")
            }
        }
    }

    @Test func nothingIsSentInReadOnlyMode() async throws {
        let world = try await World()
        let before = try await world.keys()
        let terminal = try await world.dashboard(["--read-only"])
        terminal.send("r")
        try await terminal.wait(forText: "it is read-only here: no key can be rotated")
        let command = try await world.run([
            "--read-only", "online-endpoint", "regenerate-keys", "-n", "my-endpoint", "--key-type", "primary", "-y",
        ])
        #expect(command.status == 1)
        #expect(command.errors.contains("read-only"))
        #expect(command.output.isEmpty)
        #expect(try await world.keys() == before)
        #expect(try await world.journal().isEmpty)
    }

    @Test func aReaderIsRefused() async throws {
        let world = try await World(["--principal", "reader"])
        let command = try await world.run([
            "online-endpoint", "regenerate-keys", "-n", "my-endpoint", "--key-type", "primary", "-y",
        ])
        #expect(command.status == 4)
        #expect(try JSONValue.parse(command.output)["state"] == "nothingSent")
        #expect(command.errors.contains("AuthorizationFailed"))
        let terminal = try await world.dashboard()
        terminal.send("r")
        try await terminal.wait(forText: "could not be read")
        try await terminal.wait(forText: "nothing was sent")
    }

    // MARK: By command line

    @Test func theCommandProvesWhatItDid() async throws {
        let world = try await World(["--key-grace-seconds", "3"])
        let payload = world.folder + "/p.payload"
        try Data("---\ncontent_type: application/json\n---\n{\"data\": [[1, 2]]}".utf8).write(
            to: URL(filePath: payload)
        )
        let command = try await world.run([
            "online-endpoint", "regenerate-keys", "-n", "my-endpoint", "--key-type", "primary", "-y", "--probe",
            payload,
        ])
        #expect(command.status == 0, "\(command.errors)")
        let report = try JSONValue.parse(command.output)
        #expect(report["state"] == "proven")
        #expect(report["before"]?["secondary"] == report["after"]?["secondary"])
        #expect(report["before"]?["primary"] != report["after"]?["primary"])
        #expect((report["oldKeyWorkedSeconds"]?.doubleValue ?? 0) > 0)
        let keys = try await world.keys()
        for name in ["primaryKey", "secondaryKey"] {
            let key = try #require(keys[name]?.stringValue)
            #expect(!(command.output + command.errors).contains(key))
        }
        let markdown = try await world.run(["journal", "export", "--format", "markdown"])
        #expect(markdown.output.contains("## my-endpoint · primary"))
    }

    @Test func whatIsAskedWronglySendsNothing() async throws {
        let world = try await World()
        let wrong: [([String], Int32)] = [
            (["-n", "my-endpoint"], 2), (["-n", "my-endpoint", "--key-type", "third", "-y"], 2),
            (["-n", "my-endpoint", "--key-type", "primary"], 2),
            (["-n", "fraud-scoring", "--key-type", "primary", "-y"], 1),
            (["-n", "nowhere", "--key-type", "primary", "-y"], 3),
            (["-n", "my-endpoint", "--key-type", "primary", "-y", "--probe", "/nowhere.json"], 2),
        ]
        for (arguments, status) in wrong {
            let command = try await world.run(["online-endpoint", "regenerate-keys"] + arguments)
            #expect(command.status == status, "\(arguments) \(command.errors)")
            #expect(command.output.isEmpty)
        }
        #expect(try await world.journal().isEmpty)
        let before = try await world.keys()
        let dry = try await world.run([
            "online-endpoint", "regenerate-keys", "-n", "my-endpoint", "--key-type", "primary", "--dry-run",
        ])
        #expect(dry.status == 0)
        let request = try JSONValue.parse(dry.output)["requests"]?.arrayValue?.first
        #expect(request?["body"] == ["keyType": "Primary"])
        #expect(try await world.keys() == before)
    }

    @Test func onATerminalItAsksForTheName() async throws {
        let world = try await World()
        let before = try await world.keys()
        let arguments = ["online-endpoint", "regenerate-keys", "-n", "my-endpoint", "--key-type", "primary"]
        let wrong = try PseudoTerminal(amltopPath, arguments: arguments, environment: world.environment, columns: 200)
        try await wrong.wait(forText: "Type the endpoint's name")
        wrong.send("another\n")
        try await wrong.wait(forText: "nothing was sent")
        #expect(try await world.keys() == before)
        let right = try PseudoTerminal(amltopPath, arguments: arguments, environment: world.environment, columns: 200)
        try await right.wait(forText: "Type the endpoint's name")
        right.send("my-endpoint\n")
        try await right.wait(forText: "\"journal\": \"saved\"")
        #expect(try await world.keys()["primaryKey"] != before["primaryKey"])
    }

    // MARK: Killed and resumed

    /// Where the wizard is when its process is killed, and what tells that it is there.
    private enum Place: String, CaseIterable {
        case callers, name, following, watching, handingOver
    }

    @Test(arguments: Place.allCases)
    private func whateverKilledItTheNextStartGoesOn(_ place: Place) async throws {
        let grace = place == .watching ? ["--key-grace-seconds", "60"] : []
        let slow = place == .following ? ["--operation-seconds", "8"] : []
        let world = try await World(grace + slow)
        let before = try await world.keys()
        let first = try await world.dashboard()
        try await lead(first, to: place)
        if place == .handingOver { try await waitForEntry("oldKeyRefused", in: world) }
        first.signal(SIGKILL)
        try await first.waitForExit()
        let second = try await world.dashboard()
        second.send("r")
        try await second.wait(forText: "interrupted, going on")
        if place == .callers || place == .name {
            try await second.wait(forText: "nobody can prove")
            second.send("\r")
            try await second.wait(forText: "Type the endpoint's name")
            second.send("my-endpoint\r")
            try await second.wait(forText: "refused at the first try")
        } else if place == .handingOver {
            // That the old key was refused is in the journal, and stays true.
            try await second.wait(forText: "copy unseen")
        } else {
            try await second.wait(forText: "it went with the process that held it", within: .seconds(40))
        }
        second.send("\r")
        try await second.wait(forText: "rotated")
        try await waitForEntry("ended", in: world)
        let after = try await world.keys()
        #expect(after["secondaryKey"] != before["secondaryKey"])
        #expect(after["primaryKey"] == before["primaryKey"])
        let journal = try await world.journal()
        #expect(Self.events(journal).filter { $0 == "sending" }.count == 1, "a key is made once")
        #expect(Set(journal.compactMap { $0["rotation"]?.stringValue }).count == 1)
        let expected = place == .following || place == .watching ? "notProven" : "proven"
        #expect(journal.last?["outcome"]?["state"]?.stringValue == expected)
    }

    /// Each look at the journal is a process of its own, which paces this.
    private func waitForEntry(_ event: String, in world: World) async throws {
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end {
            if Self.events(try await world.journal()).contains(event) { return }
        }
        Issue.record("the journal has no \(event)")
    }

    private func lead(_ terminal: PseudoTerminal, to place: Place) async throws {
        terminal.send("r")
        try await terminal.wait(forText: "Which key is to be made new?")
        terminal.send("s\r")
        try await terminal.wait(forText: "nobody can prove")
        if place == .callers { return }
        terminal.send("\r")
        try await terminal.wait(forText: "Type the endpoint's name")
        if place == .name { return }
        terminal.send("my-endpoint\r")
        switch place {
        case .following: try await terminal.wait(forText: "Azure took the request")
        case .watching: try await terminal.wait(forText: "still works")
        default: try await terminal.wait(forText: "refused at the first try")
        }
    }

    @Test func theCommandGoesOnWithWhatTheDashboardLeft() async throws {
        let world = try await World(["--operation-seconds", "6"])
        let first = try await world.dashboard()
        try await lead(first, to: .following)
        first.signal(SIGKILL)
        try await first.waitForExit()
        let command = try await world.run([
            "online-endpoint", "regenerate-keys", "-n", "my-endpoint", "--key-type", "secondary", "-y",
        ])
        #expect(command.errors.contains("interrupted rotation"))
        #expect(Self.events(try await world.journal()).filter { $0 == "sending" }.count == 1)
    }

    @Test func theSecondOfTwoIsToldAndSendsNothing() async throws {
        let world = try await World()
        let first = try await world.dashboard()
        try await lead(first, to: .name)
        let command = try await world.run(
            ["online-endpoint", "regenerate-keys", "-n", "my-endpoint", "--key-type", "primary", "-y"],
            ["XDG_STATE_HOME": world.folder + "/other"]
        )
        #expect(command.status == 0, "\(command.errors)")
        let before = try await world.keys()
        first.send("my-endpoint\r")
        try await first.wait(forText: "conflict:")
        #expect(try await world.keys() == before)
    }

    // MARK: The journal's troubles

    @Test func aDamagedJournalStopsNobody() async throws {
        let world = try await World()
        try FileManager.default.createDirectory(
            atPath: world.folder + "/amltop",
            withIntermediateDirectories: true
        )
        let bytes = Data("this is no database".utf8)
        try bytes.write(to: URL(filePath: world.folder + "/amltop/history.sqlite"))
        let terminal = try await world.dashboard()
        try await lead(terminal, to: .handingOver)
        terminal.send("\r")
        try await terminal.wait(forText: "damaged")
        try await terminal.wait(forText: "rotated and proven")
        #expect(FileManager.default.contents(atPath: world.folder + "/amltop/history.sqlite") == bytes)
    }
}
