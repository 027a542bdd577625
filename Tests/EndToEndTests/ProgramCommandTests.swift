import FoundationEssentials
import JSONValue
import Testing

/// The commands as a script meets them, against a simulator in a process of its own.
@Suite(.serialized) struct ProgramCommandTests {
    @Test func listPrintsTheEndpointsAsTheCommandLineOfAzureDoes() async throws {
        let simulator = try await SimulatorProcess(arguments: ["--page-size", "3"])
        #expect(simulator.fileMode == 0o600)
        let command = try await CommandProcess(
            ["online-endpoint", "list", "-o", "json"],
            environment: simulator.environment
        )
        #expect(command.status == 0)
        #expect(command.errors == "")
        let endpoints = try #require(try JSONValue.parse(command.output).arrayValue)
        #expect(endpoints.count >= 8)
        let mine = try #require(endpoints.first { $0["name"]?.stringValue == "my-endpoint" })
        #expect(mine["auth_mode"]?.stringValue == "key")
        #expect(mine["provisioning_state"]?.stringValue == "Succeeded")
        #expect(mine["resourceGroup"]?.stringValue == simulator.environment["AZURE_DEFAULTS_GROUP"])
        #expect(Set(endpoints.compactMap { $0["auth_mode"]?.stringValue }) == ["key", "aml_token", "aad_token"])
        #expect(mine["properties"]?["createdAt"]?.stringValue?.hasSuffix("+0000") == true)
        let kubernetes = try #require(endpoints.first { $0["name"]?.stringValue == "edge-k8s" })
        #expect(kubernetes["compute"]?.stringValue?.hasPrefix("azureml:/subscriptions/") == true)
        #expect(kubernetes["public_network_access"] == nil)
        #expect(try await simulator.stop() == .exited(0))
    }

    @Test func showFillsTheTrafficWithZeros() async throws {
        let simulator = try await SimulatorProcess()
        let command = try await CommandProcess(
            ["online-endpoint", "show", "-n", "vision-batch"],
            environment: simulator.environment
        )
        #expect(command.status == 0)
        let traffic = try #require(try JSONValue.parse(command.output)["traffic"]?.objectValue)
        #expect(!traffic.isEmpty)
        #expect(traffic.members.allSatisfy { $0.value.intValue == 0 })
    }

    @Test func deploymentsHaveTheKeysOfTheirYAML() async throws {
        let simulator = try await SimulatorProcess()
        let list = try await CommandProcess(
            ["online-deployment", "list", "-e", "fraud-scoring"],
            environment: simulator.environment
        )
        #expect(list.status == 0)
        #expect(try JSONValue.parse(list.output).arrayValue?.count == 3)
        let show = try await CommandProcess(
            ["online-deployment", "show", "-e", "fraud-scoring", "-n", "blue"],
            environment: simulator.environment
        )
        let blue = try JSONValue.parse(show.output)
        #expect(blue["endpoint_name"]?.stringValue == "fraud-scoring")
        #expect(blue["instance_count"]?.intValue == 2)
        #expect(blue["type"]?.stringValue == "managed")
        #expect(blue["scale_settings"]?["type"]?.stringValue == "default")
        #expect(blue["request_settings"]?["request_timeout_ms"]?.intValue != nil)
    }

    @Test func tablesAreForPeople() async throws {
        let simulator = try await SimulatorProcess()
        let command = try await CommandProcess(
            ["online-endpoint", "list", "-o", "table"],
            environment: simulator.environment
        )
        #expect(command.status == 0)
        #expect(command.output.split(separator: "\n")[0].hasPrefix("NAME "))
        #expect(command.output.contains("fraud-scoring"))
    }

    @Test func credentialsComeInTheThreeShapes() async throws {
        let simulator = try await SimulatorProcess()
        func credentials(_ name: String) async throws -> JSONValue {
            let command = try await CommandProcess(
                ["online-endpoint", "get-credentials", "-n", name],
                environment: simulator.environment
            )
            #expect(command.status == 0 && command.errors == "")
            return try JSONValue.parse(command.output)
        }
        func names(_ value: JSONValue) -> [String] { value.objectValue?.members.map(\.name) ?? [] }
        let keys = try await credentials("my-endpoint")
        #expect(names(keys) == ["primaryKey", "secondaryKey"])
        #expect(keys["primaryKey"]?.stringValue != keys["secondaryKey"]?.stringValue)
        #expect(names(try await credentials("llm-gateway")) == ["accessToken", "expiryTimeUtc", "refreshAfterTimeUtc"])
        #expect(names(try await credentials("fraud-scoring")) == ["accessToken", "expiryTimeUtc"])
    }

    @Test func theAccountSaysWhoIsSignedInAndGivesTokens() async throws {
        let simulator = try await SimulatorProcess()
        let show = try await CommandProcess(["account", "show"], environment: simulator.environment)
        let account = try JSONValue.parse(show.output)
        #expect(account["tenantId"]?.stringValue == simulator.environment["AZURE_TENANT_ID"])
        #expect(account["user"]?["name"]?.stringValue == simulator.environment["AZURE_CLIENT_ID"])
        let line = try await CommandProcess(
            ["account", "get-access-token", "--resource", "https://ml.azure.com"],
            environment: simulator.environment
        )
        let token = try JSONValue.parse(line.output)
        #expect(
            token.objectValue?.members.map(\.name) == [
                "accessToken", "expiresOn", "expires_on", "subscription", "tenant", "tokenType",
            ]
        )
        #expect(token["accessToken"]?.stringValue?.split(separator: ".").count == 3)
        let wrong = try await CommandProcess(
            ["account", "get-access-token", "--resource", "https://example.com"],
            environment: simulator.environment
        )
        #expect(wrong.status == 4 && wrong.output == "")
    }

    // MARK: Bad days

    private func failing(
        _ arguments: [String],
        changing changes: [String: String] = [:]
    ) async throws -> CommandProcess {
        let simulator = try await SimulatorProcess()
        return try await CommandProcess(
            arguments,
            environment: simulator.environment.merging(changes) { $1 }
        )
    }

    @Test func withoutConfigurationItSaysWhatIsMissing() async throws {
        let command = try await CommandProcess(["online-endpoint", "list"])
        #expect(command.status == 2)
        #expect(command.output == "")
        #expect(command.errors.contains("AZURE_SUBSCRIPTION_ID"))
        #expect(command.errors.contains("amltop demo"))
        #expect(command.errors.split(separator: "\n").count == 1)
    }

    @Test func theDashboardWithoutATerminalSaysSoInOneLine() async throws {
        let command = try await CommandProcess(["demo"])
        #expect(command.status == 2)
        #expect(command.errors.split(separator: "\n").count == 1)
        #expect(command.errors.contains("terminal"))
    }

    @Test func wrongUseIsTwo() async throws {
        #expect(try await CommandProcess(["online-endpoint", "list", "--nonsense"]).status == 2)
        #expect(try await CommandProcess(["simulate", "--page-size", "0"]).status == 2)
    }

    @Test func helpAndVersionGoToStdout() async throws {
        let help = try await CommandProcess(["--help"])
        #expect(help.status == 0)
        #expect(help.errors == "")
        for command in ["watch", "demo", "simulate", "online-endpoint", "online-deployment"] {
            #expect(help.output.contains(command))
        }
        #expect(try await CommandProcess(["--version"]).status == 0)
    }

    @Test func anUnknownWorkspaceIsThree() async throws {
        let command = try await failing(["online-endpoint", "list", "-w", "nowhere"])
        #expect(command.status == 3)
        #expect(command.errors.contains("no such workspace"))
        #expect(command.errors.contains("--workspace-name"))
        #expect(command.output == "")
    }

    @Test func anUnknownEndpointIsThree() async throws {
        let command = try await failing(["online-endpoint", "show", "-n", "nowhere"])
        #expect(command.status == 3)
        #expect(command.errors.contains("no such endpoint"))
    }

    @Test func aWrongSecretIsFourWithTheServicesCode() async throws {
        let command = try await failing(["online-endpoint", "list"], changing: ["AZURE_CLIENT_SECRET": "wrong"])
        #expect(command.status == 4)
        #expect(command.errors.contains("AADSTS7000215"))
        #expect(command.errors.contains("AZURE_CLIENT_SECRET"))
    }

    @Test func noCredentialIsFour() async throws {
        let command = try await failing(["online-endpoint", "list"], changing: ["AZURE_CLIENT_SECRET": ""])
        #expect(command.status == 4)
        #expect(command.errors.contains("AMLTOP_ARM_TOKEN"))
    }

    @Test func anUnreachableHostIsOne() async throws {
        let command = try await failing(
            ["online-endpoint", "list"],
            changing: ["ARM_CLOUD_METADATA_URL": "https://localhost:1/metadata/endpoints"]
        )
        #expect(command.status == 1)
        #expect(command.errors.contains("localhost"))
        #expect(command.errors.contains("refused"))
    }

    @Test func anUntrustedCertificateNamesTheVariableThatHelps() async throws {
        let command = try await failing(["online-endpoint", "list"], changing: ["SSL_CERT_FILE": ""])
        #expect(command.status == 1)
        #expect(command.errors.contains("SSL_CERT_FILE"))
    }

    @Test func aTrustFileThatIsNotThereIsNamed() async throws {
        let command = try await failing(["online-endpoint", "list"], changing: ["SSL_CERT_FILE": "/nowhere.pem"])
        #expect(command.status == 1)
        #expect(command.errors.contains("/nowhere.pem"))
    }
}
