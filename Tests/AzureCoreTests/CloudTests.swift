import AzureCore
import Testing

@Suite struct CloudTests {
    private static let simulator = #"""
        {"name":"AmltopSimulator","portal":"https://localhost:1","resourceManager":"https://localhost:8443/",
        "authentication":{"loginEndpoint":"https://localhost:8443/","audiences":["https://management.azure.com/",
        "https://localhost:8443/"],"tenant":"common"},"suffixes":{"storage":"localhost"},
        "logAnalyticsResourceId":"https://localhost:8444","more":{"unknown":[1]}}
        """#

    private func resolve(_ environment: [String: String], _ answer: String = "[]") async throws -> Cloud {
        let transport = FakeTransport([AzureResponse(200, answer)])
        let settings = PipelineSettings(retry: .never, time: ManualTime().source)
        return try await Cloud.resolve(
            environment: environment,
            pipeline: Pipeline(transport: transport, settings: settings)
        )
    }

    @Test func withoutAnythingItIsThePublicCloud() async throws {
        #expect(try await resolve([:]) == .azureCloud)
        #expect(try await resolve(["AZUREML_CURRENT_CLOUD": "", "ARM_CLOUD_METADATA_URL": ""]) == .azureCloud)
    }

    @Test func namedCloudsAreFoundWhateverTheirCase() async throws {
        #expect(try await resolve(["AZUREML_CURRENT_CLOUD": "azurechinacloud"]) == .azureChinaCloud)
        let error = await #expect(throws: AzureError.self) { try await resolve(["AZUREML_CURRENT_CLOUD": "Mars"]) }
        #expect(error?.kind == .configuration(.unknownCloud("Mars")))
    }

    @Test(arguments: ["[\(simulator)]", simulator, #"[{"name":"Other"},\#(simulator)]"#])
    func metadataIsReadAsListAndAsOneObject(_ answer: String) async throws {
        let environment = [
            "ARM_CLOUD_METADATA_URL": "https://localhost:8443/metadata/endpoints?api-version=2019-05-01",
            "AZUREML_CURRENT_CLOUD": "AMLTOPSimulator",
        ]
        let cloud = try await resolve(environment, answer)
        #expect(
            cloud
                == Cloud(
                    name: "AmltopSimulator",
                    resourceManager: "https://localhost:8443",
                    audiences: ["https://management.azure.com/", "https://localhost:8443/"],
                    loginEndpoint: "https://localhost:8443",
                    logAnalytics: "https://localhost:8444",
                    machineLearningAudience: "https://ml.azure.com",
                    storageSuffix: "localhost"
                )
        )
        #expect(cloud.resource(of: .resourceManager) == "https://management.azure.com/")
    }

    @Test func withoutANameTheFirstEntryCounts() async throws {
        let cloud = try await resolve(["ARM_CLOUD_METADATA_URL": "https://localhost/m"], "[\(Self.simulator)]")
        #expect(cloud.name == "AmltopSimulator")
    }

    @Test func aNamedCloudFillsWhatItsMetadataLeavesOut() async throws {
        let answer = #"[{"name":"AzureUSGovernment","resourceManager":"https://management.usgovcloudapi.net"}]"#
        let cloud = try await resolve(["ARM_CLOUD_METADATA_URL": "https://localhost/m"], answer)
        #expect(cloud == .azureUSGovernment)
    }

    @Test func theAuthorityCanBeReplaced() async throws {
        for host in ["https://login.example/", "login.example"] {
            let cloud = try await resolve(["AZURE_AUTHORITY_HOST": host])
            #expect(cloud.loginEndpoint == "https://login.example")
        }
    }

    @Test(
        arguments: [
            ("nonsense", "[]", .configuration(.invalidURL(name: "ARM_CLOUD_METADATA_URL", value: "nonsense"))),
            ("http://localhost/m", "[]", .insecureTransport(host: "localhost")),
            ("https://localhost/m", "[]", .configuration(.incompleteCloudMetadata(field: "name"))),
            ("https://localhost/m", "<html>", .malformedAnswer(.notJSON(contentType: nil))),
            (
                "https://localhost/m", #"[{"name":"X"}]"#,
                .configuration(.incompleteCloudMetadata(field: "resourceManager"))
            ),
            (
                "https://localhost/m", #"[{"name":"X","resourceManager":"not a url"}]"#,
                .configuration(.invalidURL(name: "resourceManager", value: "not a url"))
            ),
        ] as [(String, String, AzureError.Kind)]
    )
    func metadataThatMakesNoSenseIsNamed(_ url: String, _ answer: String, _ kind: AzureError.Kind) async {
        let error = await #expect(throws: AzureError.self) {
            try await resolve(["ARM_CLOUD_METADATA_URL": url], answer)
        }
        #expect(error?.kind == kind)
    }
}
