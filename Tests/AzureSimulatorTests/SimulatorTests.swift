import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

@Suite struct SimulatorTests {
    @Test func theEnvironmentNamesEverythingInOrder() async throws {
        try await Harness.run { harness in
            #expect(
                harness.simulator.environment.map(\.name) == [
                    "ARM_CLOUD_METADATA_URL", "AZUREML_CURRENT_CLOUD", "AZURE_AUTHORITY_HOST", "AZURE_TENANT_ID",
                    "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_SUBSCRIPTION_ID", "AZURE_DEFAULTS_GROUP",
                    "AZURE_DEFAULTS_WORKSPACE", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE",
                    "REGISTRY_DISCOVERY_ENDPOINT_URL",
                ]
            )
        }
    }

    @Test func aTemporaryFolderIsPrivateAndGoesAwayAtTheEnd() async throws {
        var authority = ""
        try await Harness.run { harness in
            authority = harness.environment["SSL_CERT_FILE"] ?? ""
            let folder = String(authority.dropLast("/ca.pem".count))
            let mode = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int
            #expect(mode == 0o700)
            #expect(FileManager.default.fileExists(atPath: authority))
        }
        #expect(!FileManager.default.fileExists(atPath: authority))
    }

    @Test func nothingIsLeftOfASimulatorThatWasNeverStarted() throws {
        var path = ""
        do {
            let simulator = try Simulator()
            path = simulator.folder.path
            #expect(FileManager.default.fileExists(atPath: path))
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aTakenPortIsSaid() async throws {
        try await Harness.run { harness in
            let port = try #require(Int(harness.arm.split(separator: ":").last ?? ""))
            let second = try Simulator(options: SimulatorOptions(port: port))
            await #expect(throws: SimulatorError(.port(port))) { try await second.start() }
            await second.stop()
        }
    }

    @Test func anUnreadableStateIsSaid() throws {
        let folder = "\(FileManager.default.temporaryDirectory.path)/amltop-test-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: URL(filePath: folder + "/simulator.json"))
        #expect(throws: SimulatorError(.state(path: folder + "/simulator.json"))) {
            try Simulator(options: SimulatorOptions(stateDirectory: folder))
        }
    }

    @Test func requestsAreCountedByWhatTheyAskFor() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            for name in ["my-endpoint", "CHURN"] {
                _ = try await harness.manage("\(harness.workspace)/onlineEndpoints/\(name)", token: token)
            }
            let key =
                "arm GET /subscriptions/*/resourcegroups/*/providers/microsoft.machinelearningservices/workspaces/*/"
                + "onlineendpoints/*"
            #expect(harness.simulator.requestCounts[key] == 2)
            #expect(harness.simulator.requestCounts["arm POST /*/oauth2/v2.0/token"] == 1)
            let told = try await harness.send(.GET, "\(harness.arm)/_simulator/requests").json
            #expect(told[key].int == 2)
        }
    }

    @Test func latencyHoldsEveryAnswerBack() async throws {
        try await Harness.run({ $0.latencyMilliseconds = 3_000 }) { harness in
            let before = harness.clock.now
            _ = try await harness.logsURL
            #expect(harness.clock.now == before + 3)
        }
    }

    @Test func everyOriginRefusesTheTokensOfTheOthers() async throws {
        try await Harness.run { harness in
            let logs = try await harness.logsURL
            let tokens = [
                try await harness.token(), try await harness.token(logs),
                try await harness.token("https://ml.azure.com"),
            ]
            var statuses: [[Int]] = []
            for token in tokens {
                let headers = [("Authorization", "Bearer \(token)"), ("Content-Type", "application/json")]
                let management = try await harness.manage(harness.workspace, token: token).status
                let query = try await harness.send(.POST, "\(logs)/v1/workspaces/x/query", headers: headers, body: "{}")
                    .status
                let endpoint = try await harness.manage(
                    "\(harness.workspace)/onlineEndpoints/fraud-scoring",
                    token: tokens[0]
                )
                let uri = endpoint.json["properties"]["scoringUri"].string ?? ""
                let score = try await harness.send(.POST, uri, headers: headers, body: #"{"data":[[1]]}"#).status
                statuses.append([management, query, score])
            }
            #expect(statuses == [[200, 403, 401], [401, 404, 401], [401, 403, 200]])
        }
    }

    @Test func aThousandEndpointsAreServed() async throws {
        try await Harness.run({ options in
            options.endpointCount = 1_000
            options.rowsInLastHour = 20_000
            options.pageSize = 500
        }) { harness in
            let token = try await harness.token()
            let page = try await harness.manage("\(harness.workspace)/onlineEndpoints", token: token).json
            #expect(page["value"].items.count == 500)
            let answer = try await LogTests.query(
                harness,
                "AmlOnlineEndpointTrafficLog | summarize count() by EndpointName | count",
                timespan: "PT1H"
            )
            #expect((answer.json["tables"][0]["rows"][0][0].int ?? 0) > 300)
        }
    }
}
