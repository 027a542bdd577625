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

@Suite struct TrafficLogTests {
    private static let logs = LogWorkspace(id: ResourceID("/la"), name: "la", customerID: "guid-1")
    private static let start = Date(timeIntervalSince1970: 1_746_100_000)

    private static let answer = #"""
        {"tables":[{"name":"PrimaryResult","columns":[{"name":"ResponseCode","type":"int"},{"name":"TimeGenerated",
        "type":"datetime"},{"name":"EndpointName","type":"string"},{"name":"DeploymentName","type":"string"},
        {"name":"ModelStatusCode","type":"int"},{"name":"TotalDurationMs","type":"int"},{"name":"_ResourceId","type":"string"},
        {"name":"Surprise","type":"dynamic"}],"rows":[
        [424,"2025-05-01T14:33:06.1234567Z","my-ep","blue",500,82,"/subscriptions/s/onlineendpoints/my-ep","{}"],
        ["200","2025-05-01T14:33:05Z",null,"green",null,"41","/subscriptions/s/onlineendpoints/Other",null],
        [200,null,"no-time","x",null,1,"/x",null],
        [401,"2025-05-01T14:33:04Z"]]}]}
        """#

    private func query(_ azure: CannedAzure) throws -> String {
        let body = try JSONValue.parse(try #require(azure.sent.first?.body))
        return body["query"]?.stringValue ?? ""
    }

    @Test func rowsAreReadByColumnName() async throws {
        let azure = CannedAzure(Self.answer)
        let log = try await azure.client.trafficLog(in: Self.logs, from: Self.start, to: nil)
        #expect(log.rows.map(\.responseCode) == [424, 200, 401] && !log.isPartial)
        #expect(log.rows.map(\.endpointName) == ["my-ep", "Other", ""])
        #expect(log.rows[0].modelStatusCode == 500 && log.rows[1].modelStatusCode == nil)
        #expect(log.rows.map(\.totalMilliseconds) == [82, 41, 0])
        #expect(log.rows.map(\.isFailure) == [true, false, false])
        #expect(log.rows.map(\.isClientError) == [false, false, true])
        let sent = try #require(azure.sent.first)
        #expect(sent.url.description == "https://api.loganalytics.io/v1/workspaces/guid-1/query")
        #expect(sent.headerFields[.authorization] == "Bearer token for https://api.loganalytics.io")
        #expect(sent.headerFields[.contentType] == "application/json")
    }

    @Test func theQuerySaysWhatIsWanted() async throws {
        let azure = CannedAzure(Self.answer)
        _ = try await azure.client.trafficLog(
            in: Self.logs,
            from: Self.start,
            to: Self.start.addingTimeInterval(60),
            limit: 5,
            endpoint: "a\"b\\"
        )
        let query = try query(azure)
        #expect(query.hasPrefix("AmlOnlineEndpointTrafficLog\n| where TimeGenerated >= datetime(2025-05-01T11:46:40Z)"))
        #expect(query.contains("| where TimeGenerated < datetime(2025-05-01T11:47:40Z)"))
        #expect(query.contains(#"| where EndpointName =~ "a\"b\\""#))
        #expect(query.hasSuffix("| top 5 by TimeGenerated desc"))
    }

    @Test func aPartialAnswerKeepsItsRows() async throws {
        let body = Self.answer.dropLast() + #","error":{"code":"PartialError","message":"some errors"}}"#
        let log = try await CannedAzure(String(body)).client.trafficLog(in: Self.logs, from: Self.start, to: nil)
        #expect(log.isPartial && log.rows.count == 3)
    }

    @Test(
        arguments: [
            (200, ""), (204, ""), (200, #"{"tables":[]}"#), (200, #"{"tables":[{"name":"PrimaryResult"}]}"#),
            (
                400,
                #"{"error":{"code":"BadArgumentError","message":"m","innererror":{"code":"SemanticError","message":"Failed to resolve table expression named 'AmlOnlineEndpointTrafficLog'"}}}"#
            ),
        ])
    func aWorkspaceThatNeverReceivedARowHasNone(_ status: Int, _ body: String) async throws {
        let azure = CannedAzure(body, status: status)
        #expect(try await azure.client.trafficLog(in: Self.logs, from: Self.start, to: nil) == TrafficLog())
    }

    @Test func anyOtherRefusalIsAnError() async {
        let azure = CannedAzure(
            #"{"error":{"code":"BadArgumentError","message":"m","innererror":{"code":"SyntaxError","message":"?"}}}"#,
            status: 400
        )
        let error = await #expect(throws: AzureError.self) {
            try await azure.client.trafficLog(in: Self.logs, from: Self.start, to: nil)
        }
        #expect(error?.kind == .badRequest && error?.operation == .trafficLogQuery)
    }

    @Test func aggregatesAreReadWithTheirOdds() async throws {
        let body = #"""
            {"tables":[{"name":"PrimaryResult","columns":[{"name":"_ResourceId"},{"name":"DeploymentName"},{"name":"requests"},
            {"name":"failures"},{"name":"clientErrors"},{"name":"p95"},{"name":"newest"}],"rows":[
            ["/s/onlineEndpoints/a","blue",100,2,3,84.5,"2025-05-01T14:33:06Z"],["/s/b","green",0,0,0,"NaN",null],
            [null,"x",1,1,1,1,null]]}]}
            """#
        let azure = CannedAzure(body)
        let aggregates = try await azure.client.trafficAggregates(in: Self.logs, from: Self.start)
        #expect(
            aggregates == [
                TrafficAggregate(
                    endpointID: ResourceID("/S/onlineendpoints/A"),
                    deploymentName: "blue",
                    requests: 100,
                    failures: 2,
                    clientErrors: 3,
                    p95Milliseconds: 84.5,
                    newest: Date(timeIntervalSince1970: 1_746_109_986)
                ),
                TrafficAggregate(
                    endpointID: ResourceID("/s/b"),
                    deploymentName: "green",
                    requests: 0,
                    failures: 0,
                    clientErrors: 0
                ),
            ]
        )
        #expect(try query(azure).contains("by _ResourceId, DeploymentName"))
    }
}
