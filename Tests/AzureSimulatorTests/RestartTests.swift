import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A simulator that is killed and comes back with the same state.
/// One at a time: the child process of one test would hold on to the ports of another.
@Suite(.serialized) struct RestartTests {
    @Test func aKeptStateMakesTheSameSimulatorAgain() async throws {
        let folder = "\(FileManager.default.temporaryDirectory.path)/amltop-test-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        // Below the range the system hands out, so that no test beside this one is given them in between.
        let port = 12_000 + Int(ProcessInfo.processInfo.processIdentifier % 4_000) * 4
        func run(
            _ advance: Double,
            port: Int = 0
        ) async throws -> (environment: [String: String], token: String, created: String?) {
            func change(_ options: inout SimulatorOptions) {
                options.stateDirectory = folder
                options.port = port
            }
            return try await Harness.run(change) { harness in
                harness.clock.advance(seconds: advance)
                let token = try await harness.token()
                let json = try await harness.manage("\(harness.workspace)/onlineEndpoints/my-endpoint", token: token)
                    .json
                return (harness.environment, token, json["systemData"]["createdAt"].string)
            }
        }
        let first = try await run(0, port: port)
        let second = try await run(60)
        #expect(first.environment == second.environment)
        #expect(first.created == second.created)
        try await Harness.run({ $0.stateDirectory = folder }) { harness in
            let answer = try await harness.manage(harness.workspace, token: first.token)
            #expect(answer.status == 200)
        }
        let mode =
            try FileManager.default.attributesOfItem(atPath: folder + "/simulator.json")[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    /// What a client holds when the simulator under it dies.
    private struct Client: Codable {
        let environment: [String: String]
        let token: String
        let keys: String
        let endpointToken: String
        let created: String?
    }

    @Test func clientsGoOnAfterTheSimulatorWasKilled() async throws {
        let folder = "\(FileManager.default.temporaryDirectory.path)/amltop-test-\(UUID().uuidString)"
        let note = folder + ".json"
        // Below the range the system hands out, so that no test beside this one is given them in between.
        let port = 28_000 + Int(getpid() % 1_000) * 4
        defer {
            try? FileManager.default.removeItem(atPath: folder)
            try? FileManager.default.removeItem(atPath: note)
        }
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [folder = folder as String, note = note as String, port = port as Int] in
            func change(_ options: inout SimulatorOptions) {
                options.stateDirectory = folder
                options.port = port
            }
            try await Harness.run(change) { harness in
                let client = try await Self.client(of: harness)
                try JSONEncoder().encode(client).write(to: URL(filePath: note))
                // With connections open, and nothing tidied.
                kill(getpid(), SIGKILL)
            }
        }
        let data = try #require(FileManager.default.contents(atPath: note))
        let before = try JSONDecoder().decode(Client.self, from: data)
        try await Harness.run({ $0.stateDirectory = folder }) { harness in
            // The certificate authority's path, the secret, the ports and the ids.
            #expect(harness.environment == before.environment)
            let path = "\(harness.workspace)/onlineEndpoints"
            let endpoint = try await harness.manage(path + "/pricing-kr", token: before.token)
            #expect(endpoint.status == 200)
            #expect(endpoint.json["systemData"]["createdAt"].string == before.created)
            let keys = try await harness.manage(path + "/my-endpoint/listKeys", token: before.token, method: .POST)
            #expect(keys.text == before.keys)
            let scored = try await harness.send(
                .POST,
                endpoint.json["properties"]["scoringUri"].string ?? "",
                headers: [("Authorization", "Bearer \(before.endpointToken)")],
                body: "[1]"
            )
            #expect(scored.status == 200)
            // And signing in again works as before.
            let token = try await harness.token()
            #expect(try await harness.manage(harness.workspace, token: token).status == 200)
        }
    }

    /// What a client knows that began to make a new key.
    private struct Begun: Codable {
        let token: String
        let keys: String
        let location: String
    }

    @Test func aKeyThatWasBeingMadeIsMadeAfterAKill() async throws {
        let folder = "\(FileManager.default.temporaryDirectory.path)/amltop-test-\(UUID().uuidString)"
        let note = folder + ".json"
        let port = 32_000 + Int(getpid() % 150) * 4
        defer {
            try? FileManager.default.removeItem(atPath: folder)
            try? FileManager.default.removeItem(atPath: note)
        }
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [folder = folder as String, note = note as String, port = port as Int] in
            func change(_ options: inout SimulatorOptions) {
                options.stateDirectory = folder
                options.port = port
            }
            try await Harness.run(change) { harness in
                let path = "\(harness.workspace)/onlineEndpoints/my-endpoint"
                let token = try await harness.token()
                let keys = try await harness.manage(path + "/listKeys", token: token, method: .POST).text
                let answer = try await harness.manage(
                    path + "/regenerateKeys",
                    token: token,
                    method: .POST,
                    body: #"{"keyType":"Primary"}"#
                )
                let begun = Begun(token: token, keys: keys, location: answer.headers.first(name: "Location") ?? "")
                try JSONEncoder().encode(begun).write(to: URL(filePath: note))
                kill(getpid(), SIGKILL)
            }
        }
        let data = try #require(FileManager.default.contents(atPath: note))
        let before = try JSONDecoder().decode(Begun.self, from: data)
        try await Harness.run({ $0.stateDirectory = folder }) { harness in
            let path = "\(harness.workspace)/onlineEndpoints/my-endpoint"
            func keys() async throws -> String {
                try await harness.manage(path + "/listKeys", token: before.token, method: .POST).text
            }
            #expect(try await harness.manage(before.location, token: before.token).status == 202)
            #expect(try await keys() == before.keys)
            harness.clock.advance(seconds: 12)
            #expect(try await harness.manage(before.location, token: before.token).status == 200)
            let made = try await keys()
            #expect(made != before.keys)
            // It is what it is, however often one looks.
            #expect(try await keys() == made)
            let filter = Harness.escaped("eventTimestamp ge '2026-11-24T05:00:00Z' and resourceUri eq '\(path)'")
            let log = try await harness.manage(
                "\(harness.subscription)/providers/Microsoft.Insights/eventtypes/management/values"
                    + "?api-version=2015-04-01&$filter=\(filter)",
                token: before.token
            )
            let ends = log.json["value"].items.filter {
                $0["operationName"]["value"].string?.hasSuffix("regenerateKeys/action") == true
            }
            #expect(ends.compactMap { $0["status"]["value"].string } == ["Succeeded", "Accepted", "Started"])
        }
    }

    private static func client(of harness: Harness) async throws -> Client {
        let token = try await harness.token()
        let path = "\(harness.workspace)/onlineEndpoints"
        let endpoint = try await harness.manage(path + "/pricing-kr", token: token)
        let own = try await harness.manage(path + "/pricing-kr/token", token: token, method: .POST)
        return Client(
            environment: harness.environment,
            token: token,
            keys: try await harness.manage(path + "/my-endpoint/listKeys", token: token, method: .POST).text,
            endpointToken: own.json["accessToken"].string ?? "",
            created: endpoint.json["systemData"]["createdAt"].string
        )
    }

    /// A client's trust, too, outlives the kill: it read the authority's file once, at its own start.
    @Test func theAuthorityIsTheSameFileAgain() throws {
        let folder = "\(FileManager.default.temporaryDirectory.path)/amltop-test-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let now = Date(timeIntervalSince1970: 1_700_000_000)
        let first = try StateFolder(path: folder)
        let state = try first.load(now: now)
        try first.save(state)
        let authority = FileManager.default.contents(atPath: first.authorityPath)
        // What a kill in the middle of a write leaves beside the file.
        try Data("half".utf8).write(to: URL(filePath: folder + "/simulator.json.new"))
        let second = try StateFolder(path: folder)
        let again = try second.load(now: now + 600)
        try second.save(again)
        #expect(FileManager.default.contents(atPath: second.authorityPath) == authority)
        #expect(again.clientSecret == state.clientSecret)
        #expect(again.bornAt == now)
    }
}
