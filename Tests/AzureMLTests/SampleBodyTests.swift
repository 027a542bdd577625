@testable import AzureML
import AzureCore
import JSONValue
import TestSupport
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Microsoft's own sample bodies are kept beside the project; without them there is nothing to read here.
@Suite(.enabled(if: Corpus.exists)) struct SampleBodyTests {
    private static let examples = "azure/examples"

    private func file(_ path: String) throws -> JSONValue {
        try JSONValue.parse(try Corpus.text(path))
    }

    /// The answers in a sample: `responses.200.body`, the items of a list apart.
    private func bodies(_ path: String) throws -> [JSONValue] {
        let responses = try file("\(Self.examples)/\(path)")["responses"]?.objectValue?.members ?? []
        return responses.compactMap { $0.value["body"] }.flatMap { $0["value"]?.arrayValue ?? [$0] }
    }

    @Test(
        arguments: ["aml-2024-04-01/Workspace/OnlineEndpoint", "aml-2022-02-01-preview/OnlineEndpoint"],
        ["list", "get", "createOrUpdate", "update"]
    )
    func endpoints(_ folder: String, _ name: String) throws {
        let bodies = try bodies("\(folder)/\(name).json")
        #expect(!bodies.isEmpty || name == "update")
        for body in bodies {
            let endpoint = try OnlineEndpoint(body)
            #expect(endpoint.name == "string" && endpoint.authMode == .amlToken && endpoint.traffic == ["string": 1])
            #expect(endpoint.provisioningState == .creating && endpoint.scoringURI?.hasPrefix("https") == true)
            #expect(endpoint.systemData?.lastModifiedAt != nil && endpoint.identity?.userAssigned.count == 1)
        }
    }

    @Test(
        arguments: ["aml-2024-04-01", "aml-2022-02-01-preview"],
        ["ManagedOnlineDeployment/get", "KubernetesOnlineDeployment/get", "list"]
    )
    func deployments(_ version: String, _ name: String) throws {
        let bodies = try bodies("\(version)/OnlineDeployment/\(name).json")
        #expect(!bodies.isEmpty)
        for body in bodies {
            let deployment = try OnlineDeployment(body, endpoint: "e")
            #expect(deployment.endpointName == "e" && deployment.instanceCount == 1)
            #expect(deployment.requestTimeout == .seconds(300) && deployment.livenessProbe?.period != nil)
            #expect(deployment.computeType != nil && deployment.scoringScript == "string")
        }
    }

    @Test(arguments: ["get", "listByResourceGroup", "listBySubscription"])
    func workspaces(_ name: String) throws {
        let bodies = try bodies("aml-2024-04-01/Workspace/\(name).json")
        #expect(!bodies.isEmpty)
        for body in bodies {
            let workspace = try Workspace(body)
            #expect(!workspace.name.isEmpty && !workspace.location.isEmpty)
            #expect(workspace.id.workspaceName == workspace.name)
        }
    }

    @Test func tokensAndDiagnosticSettings() throws {
        let token = try #require(try bodies("aml-2024-04-01/Workspace/OnlineEndpoint/getToken.json").first)
        #expect(try EndpointToken(token).expiresAt == Date(timeIntervalSince1970: 1))
        for name in ["listDiagnosticSettings", "getDiagnosticSetting"] {
            let bodies = try bodies("monitor-diagnosticsettings-2021-05-01-preview/\(name).json")
            #expect(!bodies.isEmpty)
            for body in bodies {
                let setting = try DiagnosticSetting(body)
                #expect(setting.name == "mysetting" && !setting.sendsTrafficLog)
            }
        }
    }

    @Test(arguments: ["GetMetric", "GetMetricError", "GetMetricMetadata"])
    func metrics(_ name: String) throws {
        let sample = try file("\(Self.examples)/monitor-metrics-2024-02-01/\(name).json")
        let answer = try #require(sample["responses"]?["200"]?["body"])
        let names = try #require(answer["value"]?.arrayValue).compactMap { $0["name"]?["value"]?.stringValue }
        #expect(!names.isEmpty)
        let series = names.map { MetricSeries($0, in: answer) }
        switch name {
        case "GetMetric": #expect(series.allSatisfy { $0?.values.isEmpty == false })
        case "GetMetricError": #expect(series.map { $0 == nil } == [true, false])
        default: #expect(series.allSatisfy { $0?.values.isEmpty == true })
        }
    }

    @Test(arguments: ["loganalytics-v1/oms-post-example", "loganalytics-2022-10-27/la-post-example"])
    func logTables(_ name: String) throws {
        let body = try #require(try bodies("\(name).json").first)
        let table = try LogTable(AzureResponse(status: 200, body: Array(body.text().utf8)))
        let row = try #require(try table.map { $0 }.first)
        #expect(ISO8601.date(row[table.column("TimeGenerated")].cellText) != nil)
        #expect(row[table.column("BatchesCapped")].cellInt == 0)
        #expect(row[table.column("AvgLatencyInSeconds")].cellDouble == 1.286)
        #expect(row[table.column("LinkedResourceUri")].cellText.isEmpty)
        #expect(row[table.column("Missing")] == .null)
    }

    @Test func recordedResources() throws {
        let zero = try OnlineEndpoint(file("corpus/arm/get-endpoint-recorded-zero-shot-image-cls-1696525169.json"))
        #expect(zero.traffic == ["zero-shot-image-mlflow-cpu": 100] && zero.authMode == .key)
        #expect(zero.lastOperationURL?.contains("mfeOperationsStatus") == true && zero.systemData == nil)
        let local = try OnlineEndpoint(file("corpus/arm/get-endpoint-recorded-local-06171732538206.json"))
        #expect(local.name == "local-06171732538206" && local.provisioningState == .failed && local.kind == nil)
        let green = try OnlineDeployment(
            file("corpus/arm/get-deployment-recorded-fraud-model-green.json"),
            endpoint: "x"
        )
        #expect(green.endpointName == "fraud-model" && green.instanceCount == 1 && green.scoringScript == nil)
        let blue = try OnlineDeployment(
            file("corpus/arm/get-deployment-sdk-online_deployment_managed_rest.json"),
            endpoint: "x"
        )
        #expect(blue.instanceCount == 3 && blue.requestTimeout == .seconds(60) && blue.maxQueueWait == .zero)
        #expect(blue.systemData?.createdAt != nil)
    }

    @Test(
        arguments: [
            ("arm/error-endpoint-name-taken", "BadRequest", 0),
            ("arm/error-out-of-quota-nested-json", "BadRequest", 2),
            ("arm/error-resource-not-ready-code-null", "ResourceNotReady", 0),
            ("loganalytics/docs-403-signature", "InvalidTokenError", 1),
            ("loganalytics/docs-error-no-auth", "AuthenticationFailed", 0),
            ("loganalytics/docs-error-insufficient", "InsufficientAccessError", 0),
        ])
    func recordedErrors(_ name: String, _ code: String, _ details: Int) throws {
        let body = ErrorBody(try file("corpus/\(name).json"))
        #expect(body.code == code && body.details.count == details)
        #expect(body.message?.isEmpty == false)
    }

    @Test(arguments: [
        "appinsights-query-post", "oms-2017-cross", "shape-statistics-render", "shape-two-tables", "shape-no-tables",
    ])
    func recordedLogAnswers(_ name: String) throws {
        let body = Array(try Corpus.text("corpus/loganalytics/\(name).json").utf8)
        let table = try LogTable(AzureResponse(status: 200, body: body))
        let rows = try table.map { $0 }
        #expect(!table.isPartial)
        #expect(rows.isEmpty == (name == "shape-no-tables"))
        if name == "appinsights-query-post" {
            let counts = rows.compactMap { $0[table.column("count_")].cellInt }
            #expect(counts.first == 255 && counts.count == rows.count)
        }
    }
}
