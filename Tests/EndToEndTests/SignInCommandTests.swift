import JSONValue
import Testing

/// `amltop account show`, and the lines of `az login` after `az` was replaced.
@Suite(.serialized) struct SignInCommandTests {
    @Test func theAccountSaysWhoWonForEachAudienceAndWhyTheOthersDidNot() async throws {
        for (way, credential) in [
            ("certificate", "ClientCertificateCredential"), ("pfx", "ClientCertificateCredential"),
            ("workload", "WorkloadIdentityCredential"), ("managed", "ManagedIdentityCredential"),
        ] {
            let azure = try await SimulatorProcess(arguments: ["--sign-in", way])
            let run = try await CommandProcess(["account", "show", "-o", "json"], environment: azure.environment)
            let account = try JSONValue.parse(run.output)
            #expect(run.status == 0 && account["credential"]?.stringValue == credential)
            #expect(account["user"]?["type"]?.stringValue == "servicePrincipal")
            for audience in ["resourceManager", "machineLearning", "logAnalytics"] {
                let verdicts = account["credentials"]?[audience]?.arrayValue ?? []
                #expect(verdicts.count == 6)
                let winner = verdicts.first { $0["outcome"]?.stringValue == "won" }
                #expect(winner?["name"]?.stringValue == credential)
            }
        }
    }

    @Test func aRefusedSignInSaysOfEachCredentialWhatBecameOfIt() async throws {
        let azure = try await SimulatorProcess()
        let environment = azure.environment.merging(["AZURE_CLIENT_SECRET": "wrong"]) { $1 }
        let run = try await CommandProcess(["account", "show"], environment: environment)
        #expect(run.status == 4 && run.output.isEmpty)
        #expect(run.errors.contains("ClientSecretCredential: the client secret is wrong (AADSTS7000215)"))
        #expect(run.errors.contains("AzureCliCredential: not asked"))
    }

    @Test(arguments: [
        (["login"], "az login"), (["login", "--use-device-code"], "press S"),
        (["login", "--identity", "--username", "id"], "AZURE_CLIENT_ID"),
        (
            ["login", "--service-principal", "-u", "x", "-p", "canary", "--tenant", "t"],
            "AZURE_CLIENT_CERTIFICATE_PATH"
        ),
        (["az", "login", "--service-principal", "--password=canary"], "AZURE_CLIENT_SECRET"),
        (["account", "set", "--subscription", "s"], "AZURE_SUBSCRIPTION_ID"),
        (["az", "account", "set", "--subscription", "s"], "AZURE_SUBSCRIPTION_ID"),
        (["az", "ml", "online-endpoint", "list"], "leave that word out"),
    ])
    func aLineForTheAzureCLIIsAnswered(_ arguments: [String], _ says: String) async throws {
        for language in ["en", "ko"] {
            let run = try await CommandProcess(["--language", language] + arguments)
            #expect(run.status == 2 && run.output.isEmpty)
            #expect(!run.errors.contains("canary"))
            if language == "en" { #expect(run.errors.contains(says)) }
        }
    }
}
