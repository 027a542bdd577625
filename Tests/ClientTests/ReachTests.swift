import AzureCore
import AzureML
import Testing

/// The way to Azure: where it is, whether it answers, whether it is who it says.
@Suite struct ReachTests {
    // The port multiplexer of the seventies: nothing listens there.
    private static let nobody = "https://127.0.0.1:1"

    @Test func theCloudIsReadFromItsMetadata() async throws {
        try await SimulatedAzure.withClient { azure, client in
            let cloud = client.connection.cloud
            #expect(cloud.name == "AmltopSimulator" && cloud.resourceManager == azure.resourceManager)
            #expect(cloud.resource(of: .resourceManager) == "https://management.azure.com/")
            #expect(cloud.resource(of: .logAnalytics) == cloud.logAnalytics && cloud.logAnalytics != nil)
            #expect(cloud.resource(of: .machineLearning) == "https://ml.azure.com")
            // Newer versions of the metadata are one object instead of a list.
            let url = azure.resourceManager + "/metadata/endpoints?api-version=2022-09-01"
            let other = try await azure.client(changing: ["ARM_CLOUD_METADATA_URL": url])
            #expect(other.connection.cloud == cloud)
        }
    }

    @Test func aCloudThatIsNotInTheMetadata() async throws {
        try await SimulatedAzure.with { azure in
            let error = await failure { try await azure.client(changing: ["AZUREML_CURRENT_CLOUD": "Nowhere"]) }
            #expect(error?.kind == .configuration(.unknownCloud("Nowhere")))
        }
    }

    @Test func metadataIsNotReadUnencrypted() async throws {
        try await SimulatedAzure.with { azure in
            let url = azure.resourceManager.replacing("https", with: "http") + "/metadata/endpoints"
            let error = await failure { try await azure.client(changing: ["ARM_CLOUD_METADATA_URL": url]) }
            #expect(error?.kind == .insecureTransport(host: "localhost") && error?.operation == .cloudMetadata)
        }
    }

    @Test func aClosedPortRefuses() async throws {
        try await SimulatedAzure.with { azure in
            let url = Self.nobody + "/metadata/endpoints"
            let error = await failure { try await azure.client(changing: ["ARM_CLOUD_METADATA_URL": url]) }
            #expect(error?.kind == .unreachable(.refused) && error?.operation == .cloudMetadata)
            #expect(error?.host == "127.0.0.1")
            // Nobody will be there a second later either.
            #expect(azure.exchanges(.cloudMetadata).count == 1)
        }
    }

    @Test func aSignInThatIsNotThere() async throws {
        try await SimulatedAzure.with { azure in
            let client = try await azure.client(changing: ["AZURE_AUTHORITY_HOST": Self.nobody])
            let error = await failure { try await client.workspace() }
            #expect(error?.kind == .unreachable(.refused) && error?.operation == .token)
            #expect(error?.host == "127.0.0.1")
        }
    }

    @Test func anAuthorityNobodyVouchedFor() async throws {
        try await SimulatedAzure.with { azure in
            let error = await failure { try await azure.client(changing: ["SSL_CERT_FILE": ""]) }
            #expect(error?.kind == .untrustedCertificate(.unknownAuthority) && error?.host == "localhost")
            #expect(azure.arrived("arm GET /metadata") == 0)
        }
    }

    @Test func anotherSimulatorsAuthorityVouchesForNothingHere() async throws {
        try await SimulatedAzure.with { azure in
            try await SimulatedAzure.with { other in
                let file = try #require(other.variables["SSL_CERT_FILE"])
                let error = await failure { try await azure.client(changing: ["SSL_CERT_FILE": file]) }
                #expect(error?.kind == .untrustedCertificate(.unknownAuthority))
            }
        }
    }

    @Test(arguments: ["/nowhere/ca.pem", "/dev/null"])
    func aTrustFileThatCannotBeRead(_ path: String) async throws {
        try await SimulatedAzure.with { azure in
            let error = await failure { try await azure.client(changing: ["SSL_CERT_FILE": path]) }
            #expect(error?.kind == .untrustedCertificate(.unreadableTrustFile(path: path)))
            #expect(azure.exchanges.isEmpty)
        }
    }
}
