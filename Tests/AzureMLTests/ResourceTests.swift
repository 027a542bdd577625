import AzureCore
import AzureML
import HTTPTypes
import JSONValue
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct ResourceTests {
    private static let endpoint = #"""
        {"id":"/subscriptions/s/resourcegroups/rg/providers/microsoft.machinelearningservices/workspaces/ws/onlineEndpoints/my-ep",
        "name":"my-ep","location":"westus2","kind":"Managed","tags":{"팀":"사기탐지","n":3,"none":null},
        "identity":{"type":"SystemAssigned,UserAssigned","principalId":"p","tenantId":"t","userAssignedIdentities":{"/ua/1":{}}},
        "properties":{"authMode":"aadtoken","provisioningState":"Succeeded","scoringUri":"https://my-ep/score","swaggerUri":null,
        "traffic":{"blue":90,"green":10,"bad":"x"},"mirrorTraffic":{"shadow":5},"compute":null,"publicNetworkAccess":"Enabled",
        "description":"","properties":{"AzureAsyncOperationUri":"https://management.azure.com/op"}},
        "systemData":{"createdBy":"A","createdByType":"User","createdAt":"2025-05-01T14:33:06.1234567Z"},"extra":{"x":[1]}}
        """#

    @Test func anEndpointIsReadWithItsOdds() async throws {
        let azure = CannedAzure(Self.endpoint)
        let endpoint = try await azure.client.onlineEndpoint("my-ep")
        #expect(endpoint.authMode == .aadToken && endpoint.provisioningState == .succeeded)
        #expect(endpoint.traffic == ["blue": 90, "green": 10] && endpoint.mirrorTraffic == ["shadow": 5])
        #expect(endpoint.tags == ["팀": "사기탐지", "n": "3"])
        #expect(endpoint.identity?.userAssigned == [ResourceID("/UA/1")])
        #expect(endpoint.swaggerURI == nil && endpoint.endpointDescription == nil && !endpoint.isKubernetes)
        #expect(endpoint.lastOperationURL == "https://management.azure.com/op")
        #expect(endpoint.systemData?.createdAt?.timeIntervalSince1970.rounded(.down) == 1_746_109_986)
        #expect(endpoint.raw["extra"]?["x"]?[0]?.intValue == 1)
        #expect(endpoint.id == CannedAzure.address.id.appending("onlineendpoints", "MY-EP"))
        let sent = try #require(azure.sent.first)
        #expect(
            sent.url.description == "https://management.azure.com" + CannedAzure.address.id.text
                + "/onlineEndpoints/my-ep?api-version=2024-10-01"
        )
    }

    @Test func anEndpointNeedsNoMoreThanAName() async throws {
        let endpoint = try await CannedAzure(#"{"name":"bare","properties":null}"#).client.onlineEndpoint("bare")
        #expect(endpoint.authMode == .unknown("") && endpoint.provisioningState == .unknown(""))
        #expect(endpoint.traffic.isEmpty && endpoint.systemData == nil)
        let error = await #expect(throws: AzureError.self) {
            try await CannedAzure(#"{"id":null,"name":null}"#).client.onlineEndpoint("x")
        }
        #expect(error?.kind == .malformedAnswer(.unexpectedShape(field: "name")))
        #expect(error?.operation == .endpointShow)
    }

    @Test func aKubernetesEndpointIsKnownByItsCompute() async throws {
        let body = #"{"name":"k","properties":{"compute":"/subscriptions/s/computes/k8s"}}"#
        #expect(try await CannedAzure(body).client.onlineEndpoint("k").isKubernetes)
    }

    @Test func aDeploymentIsRead() async throws {
        let body = #"""
            {"id":"/subscriptions/s/workspaces/ws/onlineendpoints/My-Ep/deployments/blue","name":"blue","sku":{"name":"Default",
            "capacity":3},"properties":{"endpointComputeType":"Managed","model":"m:3","codeConfiguration":{"codeId":"c",
            "scoringScript":"score.py"},"environmentId":"e:1","environmentVariables":{"A":"1"},"instanceType":"Standard_DS3_v2",
            "requestSettings":{"maxConcurrentRequestsPerInstance":4,"requestTimeout":"PT1M30S","maxQueueWait":"PT0.5S"},
            "scaleSettings":{"scaleType":"TargetUtilization","minInstances":1,"maxInstances":5},"livenessProbe":{"period":"PT10S",
            "failureThreshold":30},"readinessProbe":null,"provisioningState":"Scaling","appInsightsEnabled":false}}
            """#
        let azure = CannedAzure(body)
        let deployment = try await azure.client.onlineDeployment("blue", of: "my-ep")
        #expect(deployment.endpointName == "My-Ep" && deployment.instanceCount == 3)
        #expect(deployment.provisioningState == .scaling && deployment.provisioningState.isChanging)
        #expect(deployment.requestTimeout == .seconds(90) && deployment.maxQueueWait == .milliseconds(500))
        #expect(deployment.livenessProbe?.period == .seconds(10) && deployment.readinessProbe == nil)
        #expect(deployment.maxInstances == 5 && deployment.environmentVariables == ["A": "1"])
        #expect(deployment.scoringScript == "score.py" && deployment.maxConcurrentRequestsPerInstance == 4)
        #expect(azure.sent.first?.url.path.hasSuffix("/onlineEndpoints/my-ep/deployments/blue") == true)
    }

    @Test func wordsAzureLearnedSinceAreKept() {
        #expect(AuthMode(rest: "Passkey").restValue == "Passkey" && AuthMode(rest: "Passkey").cliValue == "Passkey")
        #expect(AuthMode(rest: "AMLTOKEN").cliValue == "aml_token" && AuthMode(rest: "key").restValue == "Key")
        let state = ProvisioningState(rawValue: "Hibernating")
        #expect(state == .unknown("Hibernating") && state.rawValue == "Hibernating" && !state.isTerminal)
        #expect(ProvisioningState(rawValue: "SUCCEEDED") == .succeeded)
    }

    @Test func aTokenIsReadWithoutBeingShown() async throws {
        let body = #"{"accessToken":"canary","expiryTimeUtc":1746123456,"refreshAfterTimeUtc":0,"tokenType":null}"#
        let azure = CannedAzure(body)
        let token = try await azure.client.token(of: "my-ep")
        #expect(token.token.reveal() == "canary" && !"\(token)".contains("canary"))
        #expect(token.expiresAt == Date(timeIntervalSince1970: 1_746_123_456) && token.refreshAfter == nil)
        #expect(azure.sent.first?.method == .post)
    }

    @Test func aFailedOperationNamesItsCause() async throws {
        let body = #"""
            {"status":"Failed","startTime":"2025-05-01T14:33:06.1Z","endTime":null,"error":{"code":"BadRequest","message":
            "The request is invalid.","details":[{"code":"ImageBuildFailure","message":"The image did not build."}]}}
            """#
        let status = try await CannedAzure(body).client.operationStatus(at: "https://management.azure.com/op?x=1")
        #expect(status.isFailed && !status.isRunning && status.endTime == nil)
        #expect(status.errorCode == "BadRequest" && status.errorMessage == "The image did not build.")
    }

    @Test func anOperationElsewhereIsNotAskedWithOurToken() async {
        let azure = CannedAzure("{}")
        let error = await #expect(throws: AzureError.self) {
            try await azure.client.operationStatus(at: "https://evil.example/op")
        }
        #expect(error?.kind == .tokenForOtherHost(host: "evil.example"))
        #expect(azure.sent.isEmpty)
    }

    @Test func aDiagnosticSettingSaysWhetherRowsArrive() async throws {
        let body = #"""
            {"value":[{"id":"/x/1","name":"on","properties":{"workspaceId":"/la","logs":[{"category":"amlonlineendpointtrafficlog",
            "categoryGroup":null,"enabled":true}]}},{"name":"off","properties":{"workspaceId":"/la","logs":[{"category":
            "AmlOnlineEndpointTrafficLog","enabled":false}]}},{"name":"group","properties":{"workspaceId":"/la","logs":[
            {"categoryGroup":"allLogs","enabled":true}]}},{"name":"elsewhere","properties":{"workspaceId":"","logs":[
            {"categoryGroup":"allLogs","enabled":true}]}},{"name":"empty","properties":{}}]}
            """#
        let settings = try await CannedAzure(body).client.diagnosticSettings(of: ResourceID("/subscriptions/s/e"))
        #expect(settings.map(\.sendsTrafficLog) == [true, false, true, false, false])
    }

    @Test func theWorkspaceOfTheLogsIsRead() async throws {
        let body = #"{"name":"la","location":"krc","properties":{"customerId":"guid"}}"#
        #expect(try await CannedAzure(body).client.logWorkspace(ResourceID("/la")).customerID == "guid")
    }
}
