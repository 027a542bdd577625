import AzureCore
import AzureML
import Foundation
import Testing

@Suite struct ActivityTests {
    private static let endpoint = ResourceID(
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws/onlineEndpoints/e"
    )
    private static let action = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/regenerateKeys/action"

    private func event(
        _ status: String,
        at time: String,
        operation: String = Self.action,
        id: String = "op-1",
        more: String = ""
    ) -> String {
        """
        {"operationName": {"value": "\(operation)"}, "status": {"value": "\(status)"}, "eventTimestamp": "\(time)",
         "caller": "yujin@contoso.com", "correlationId": "c-\(id)", "operationId": "\(id)",
         "claims": {"name": "Yujin Kim", "appid": "04b07795",
                    "http://schemas.microsoft.com/identity/claims/objectidentifier": "oid-1"}\(more)}
        """
    }

    private func read(_ events: String...) async throws -> [ActivityEvent] {
        let azure = CannedAzure("{\"value\": [\(events.joined(separator: ","))]}")
        return try await azure.client.activity(of: Self.endpoint, since: CannedAzure.now - 3600)
    }

    @Test func theQueryNamesTheTimeAndTheResource() async throws {
        let azure = CannedAzure(#"{"value": []}"#)
        _ = try await azure.client.activity(of: Self.endpoint, since: Date(timeIntervalSince1970: 1_746_000_000))
        let url = try #require(azure.sent.first?.url)
        #expect(url.path == "/subscriptions/s/providers/Microsoft.Insights/eventtypes/management/values")
        let query = try #require(url.query?.removingPercentEncoding)
        #expect(
            query == "$filter=eventTimestamp ge '2025-04-30T08:00:00Z' and eventTimestamp le '2025-05-01T14:38:06Z' "
                + "and resourceUri eq '\(Self.endpoint.text)'&api-version=2015-04-01"
        )
    }

    @Test func noMoreIsAskedForThanTheServiceKeeps() async throws {
        let azure = CannedAzure(#"{"value": []}"#)
        _ = try await azure.client.activity(of: Self.endpoint, since: .distantPast)
        let query = try #require(azure.sent.first?.url.query?.removingPercentEncoding)
        #expect(query.contains("eventTimestamp ge '2025-01-31T14:38:06Z'"))
    }

    @Test func whoDidWhatWhenIsRead() async throws {
        let event = try #require(
            try await read(
                event("Succeeded", at: "2025-05-01T14:00:00.1234567Z", more: #", "subStatus": {"value": "OK"}"#)
            )
            .first
        )
        #expect(event.operation == Self.action && event.status == "Succeeded" && event.subStatus == "OK")
        #expect(
            event.caller
                == ActivityEvent.Caller(
                    name: "yujin@contoso.com",
                    displayName: "Yujin Kim",
                    objectID: "oid-1",
                    appID: "04b07795"
                )
        )
        #expect(event.correlationID == "c-op-1" && event.operationID == "op-1" && event.requestBody == nil)
    }

    @Test func pagesAreFollowedAndTheNewestComesFirst() async throws {
        let older = event("Succeeded", at: "2025-04-01T00:00:00Z")
        let newer = event("Succeeded", at: "2025-05-01T00:00:00Z", id: "op-2")
        let azure = CannedAzure { _, index in
            index == 0
                ? (200, #"{"value": [\#(older)], "nextLink": "https://management.azure.com/next?$skiptoken=1"}"#)
                : (200, #"{"value": [\#(newer)]}"#)
        }
        let events = try await azure.client.activity(of: Self.endpoint, since: CannedAzure.now)
        #expect(events.map(\.operationID) == ["op-2", "op-1"] && azure.sent.count == 2)
    }

    @Test func theEventsOfOneOperationAreOneRegeneration() async throws {
        let events = try await read(
            event("Started", at: "2025-05-01T10:00:00Z"),
            event("Accepted", at: "2025-05-01T10:00:01Z"),
            event("Succeeded", at: "2025-05-01T10:00:30Z", operation: Self.action.uppercased()),
            event("Succeeded", at: "2025-05-01T11:00:00Z", operation: "Microsoft.X/write", id: "op-2")
        )
        let regenerations = KeyRegeneration.regenerations(in: events)
        #expect(regenerations.map(\.time) == [ISO8601.date("2025-05-01T10:00:30Z")])
        #expect(regenerations.map(\.outcome) == [.succeeded] && regenerations.first?.caller.label == "Yujin Kim")
        #expect(regenerations.map(\.slot) == [nil])
    }

    @Test func oneThatFailedAndOneThatGoesOnAreToldApart() async throws {
        let events = try await read(
            event("Started", at: "2025-05-01T10:00:00Z"),
            event("Failed", at: "2025-05-01T10:00:05Z"),
            event("Started", at: "2025-05-01T12:00:00Z", id: "op-2"),
            event("Accepted", at: "2025-05-01T12:00:01Z", id: "op-2")
        )
        let regenerations = KeyRegeneration.regenerations(in: events)
        #expect(regenerations.map(\.outcome) == [.open, .failed])
        #expect(regenerations.first?.time == ISO8601.date("2025-05-01T12:00:00Z"))
    }

    @Test func theSlotIsKnownOnlyWhereTheBodyIsThere() async throws {
        let body = #", "properties": {"requestbody": "{\"keyType\":\"Secondary\"}"}"#
        let events = try await read(event("Succeeded", at: "2025-05-01T10:00:00Z", more: body))
        #expect(KeyRegeneration.regenerations(in: events).map(\.slot) == [.secondary])
    }

    @Test func aRefusalNamesWhatIsMissing() async throws {
        let message =
            "The client 'x' with object id 'o' does not have authorization to perform action "
            + "'Microsoft.Insights/eventtypes/values/Read' over scope '/subscriptions/s' or the scope is invalid."
        let azure = CannedAzure(#"{"error": {"code": "AuthorizationFailed", "message": "\#(message)"}}"#, status: 403)
        let error = await #expect(throws: AzureError.self) {
            try await azure.client.activity(of: Self.endpoint, since: CannedAzure.now)
        }
        #expect(
            error?.kind == .forbidden(action: "Microsoft.Insights/eventtypes/values/Read", scope: "/subscriptions/s")
        )
        #expect(error?.operation == .activityLogList)
    }
}
