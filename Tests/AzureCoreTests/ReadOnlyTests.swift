import AzureCore
import HTTPTypes
import Testing

@Suite struct ReadOnlyTests {
    private static let endpoint =
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/onlineEndpoints/e"
    private static let arm = "https://management.azure.com"

    /// Whether a request left, and no token was asked for where it did not.
    private func leaves(
        _ method: HTTPRequest.Method,
        _ url: String,
        _ audience: TokenAudience? = .resourceManager,
        operation: OperationName = OperationName("test"),
        allowance: RequestAllowance = .readOnly
    ) async throws -> Bool {
        let transport = FakeTransport([AzureResponse()])
        let credential = FakeCredential(lifeSeconds: 3600)
        let settings = PipelineSettings(retry: .never, time: ManualTime().source, allowance: allowance)
        let connection = AzureConnection(
            cloud: .azureCloud,
            credential: credential,
            transport: transport,
            settings: settings
        )
        let request = AzureRequest(operation, method: method, url: try address(url), audience: audience)
        do {
            _ = try await connection.send(request)
        } catch let error as AzureError where error.kind == .readOnly(method: method.rawValue) {
            #expect(transport.sent.isEmpty && credential.timesAsked == 0)
            #expect(error.operation == operation)
            return false
        }
        return transport.sent.count == 1
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "\(arm)\(endpoint)"), (.head, "\(arm)/x"),
        (.post, "\(arm)/providers/Microsoft.ResourceGraph/resources?api-version=1"),
        (.post, "\(arm)/subscriptions/s/providers/microsoft.insights/metrics?region=x"),
        (.post, "\(arm)\(endpoint)/listKeys"), (.post, "\(arm)\(endpoint)/TOKEN"),
        (.post, "\(arm)\(endpoint)/deployments/d/getLogs"),
    ])
    func whatChangesNothingLeaves(_ method: HTTPRequest.Method, _ url: String) async throws {
        #expect(try await leaves(method, url))
    }

    @Test(arguments: [
        (HTTPRequest.Method.put, "\(arm)\(endpoint)"), (.patch, "\(arm)\(endpoint)"), (.delete, "\(arm)\(endpoint)"),
        (.post, "\(arm)\(endpoint)/regenerateKeys"), (.post, "\(arm)\(endpoint)/other/listKeys"),
        (.post, "\(arm)/x\(endpoint)/listKeys"), (.post, "\(arm)\(endpoint)//listKeys"),
        (.put, "\(arm)\(endpoint)/listKeys"),
        (.post, "\(arm)\(endpoint)/listKeys/more"), (.post, "\(arm)/providers/microsoft.resourcegraph/resources/x"),
        (.post, "\(arm)/providers/microsoft.resourcegraph%2fresources"), (.post, "\(arm)/tenant/oauth2/v2.0/token"),
        (.post, "\(arm)/v1/workspaces/w/query"),
    ])
    func everythingElseStays(_ method: HTTPRequest.Method, _ url: String) async throws {
        #expect(try await !leaves(method, url))
    }

    @Test func aQueryOfTheLogsLeavesAndNothingElseThere() async throws {
        #expect(try await leaves(.post, "https://api.loganalytics.io/v1/workspaces/w/query", .logAnalytics))
        #expect(try await !leaves(.post, "https://api.loganalytics.io/v1/workspaces/w/purge", .logAnalytics))
        #expect(try await !leaves(.delete, "https://api.loganalytics.io/v1/workspaces/w/query", .logAnalytics))
    }

    @Test func signingInLeavesAndOnlyThat() async throws {
        let url = "https://login.microsoftonline.com/t/oauth2/v2.0/token"
        #expect(try await leaves(.post, url, nil, operation: .token))
        #expect(try await !leaves(.post, url, nil))
        #expect(try await !leaves(.post, "https://login.microsoftonline.com/t/users", nil, operation: .token))
    }

    @Test func scoringLeavesUnlessTheContextForbidsIt() async throws {
        let url = "https://e.koreacentral.inference.ml.azure.com/score"
        #expect(try await leaves(.post, url, nil, operation: .scoring))
        for allowance in [
            RequestAllowance(isReadOnly: true, allowsScoring: false), RequestAllowance(allowsScoring: false),
        ] {
            #expect(try await !leaves(.post, url, nil, operation: .scoring, allowance: allowance))
        }
    }

    @Test func belowAResourceThatIsReadOnlyNothingIsChanged() async throws {
        let workspace = String(Self.endpoint.dropLast("/onlineEndpoints/e".count))
        let allowance = RequestAllowance(readOnlyResources: [ResourceID(workspace.uppercased())])
        #expect(try await !leaves(.put, Self.arm + Self.endpoint, allowance: allowance))
        #expect(try await !leaves(.delete, Self.arm + workspace, allowance: allowance))
        #expect(try await leaves(.post, Self.arm + Self.endpoint + "/listKeys", allowance: allowance))
        #expect(try await leaves(.put, Self.arm + workspace + "2/onlineEndpoints/e", allowance: allowance))
    }

    @Test func withoutTheRestrictionEverythingLeaves() async throws {
        #expect(try await leaves(.put, Self.arm + Self.endpoint, allowance: .everything))
    }
}
