import Testing

@testable import amltop

@Suite struct AzureCLIConfigurationTests {
    private static let profile =
        "\u{FEFF}" + """
            {"installationId": "x", "subscriptions": [
            {"id": "a", "isDefault": false, "environmentName": "AzureCloud"},
            {"id": "b", "isDefault": true, "environmentName": "AzureUSGovernment"},
            {"id": "c", "isDefault": true, "environmentName": "AzureCloud"}]}
            """

    @Test func theDefaultsAndTheCloudAreRead() {
        let config = """
            # comment = 1
            [core]
            group = not-this
            [defaults]
            Group = rg-ml
            workspace: ws
            ; note
            empty =
            [cloud]
            name = AzureUSGovernment
            """
        let read = AzureCLIConfiguration(config: config, profile: Array(Self.profile.utf8))
        #expect(read.group == "rg-ml" && read.workspace == "ws" && read.cloud == "AzureUSGovernment")
    }

    @Test func theDefaultSubscriptionIsThatOfTheCloud() {
        let read = AzureCLIConfiguration(config: nil, profile: Array(Self.profile.utf8))
        #expect(read.defaultSubscription(in: "AzureCloud") == "c")
        #expect(read.defaultSubscription(in: "azureusgovernment") == "b")
        #expect(read.defaultSubscription(in: "Elsewhere") == nil)
        #expect(read.defaultSubscription(in: nil) == "b")
    }

    @Test(arguments: ["", "[defaults", "group", "{", "[defaults]\ngroup =  \n"])
    func whatCannotBeReadCountsAsNotConfigured(_ text: String) {
        let read = AzureCLIConfiguration(config: text, profile: Array(text.utf8))
        #expect(read.group == nil && read.subscriptions.isEmpty)
    }
}
