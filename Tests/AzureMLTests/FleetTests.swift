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

@Suite struct FleetTests {
    private static let workspace =
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws"

    private static func row(_ id: String, _ rest: String = "") -> String {
        #"{"id":"\#(id)","type":"microsoft.machinelearningservices/workspaces/onlineendpoints"\#(rest)}"#
    }

    private static func page(_ rows: [String], token: String? = nil) -> String {
        let token = token.map { #","$skipToken":"\#($0)""# } ?? ""
        return
            #"{"totalRecords":9,"count":1,"resultTruncated":"false","facets":[],"data":[\#(rows.joined(separator: ","))]\#(token)}"#
    }

    @Test func pagesAreFollowedByTheirTokenWhateverElseTheySay() async throws {
        let azure = CannedAzure { _, index in
            [
                (200, Self.page([Self.row(Self.workspace + "/onlineEndpoints/a")], token: "one==")),
                (200, Self.page([], token: "two==")),
                (200, Self.page([Self.row(Self.workspace + "/onlineEndpoints/b")])),
            ][index]
        }
        let names = try await azure.client.fleet(in: ["s1", "s2"]).all().map(\.name)
        #expect(names == ["a", "b"])
        let sent = azure.sent
        #expect(sent.count == 3)
        let url = "https://management.azure.com/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01"
        #expect(sent.allSatisfy { $0.url.description == url && $0.method == .post && $0.operation == .fleetQuery })
        let bodies = try sent.map { try JSONValue.parse($0.body ?? []) }
        #expect(bodies.map { $0["options"]?["$skipToken"]?.stringValue } == [nil, "one==", "two=="])
        #expect(bodies.allSatisfy { $0["options"]?["$top"]?.intValue == 1000 })
        #expect(bodies.allSatisfy { $0["subscriptions"] == ["s1", "s2"] })
        #expect(Set(bodies.map { $0["query"]?.stringValue }).count == 1)
        #expect(bodies[0]["query"]?.stringValue?.hasSuffix("| order by id asc") == true)
    }

    @Test func aRowIsReadAsFarAsItGoes() async throws {
        let endpoint = Self.row(
            "/subscriptions/s/resourcegroups/RG/providers/microsoft.machinelearningservices/workspaces/WS"
                + "/onlineendpoints/fraud",
            #","name":"fraud","location":"koreacentral","kind":"Managed","tags":{"team":"risk","n":null},"properties":"#
                + #"{"authMode":"AADToken","provisioningState":"Succeeded","traffic":{"blue":100},"mirrorTraffic":{}}"#
        )
        let deployment = Self.row(
            Self.workspace + "/onlineEndpoints/fraud/deployments/blue",
            #","name":"fraud/blue","sku":{"name":"Default","capacity":2},"properties":"#
                + #"{"instanceType":"Standard_DS3_v2","provisioningState":"Updating"}"#
        )
        let azure = CannedAzure(Self.page([endpoint, deployment, Self.row("/x"), "{}", "null"]))
        let fleet = try await azure.client.fleet(in: []).all()
        #expect(fleet.count == 2)
        let first = try #require(fleet.first)
        #expect(first.kind == .endpoint && first.name == "fraud" && first.workspaceName == "WS")
        #expect(first.authMode == .aadToken && first.provisioningState == .succeeded)
        #expect(first.traffic == ["blue": 100] && first.mirrorTraffic == [:] && first.tags == ["team": "risk"])
        #expect(first.location == "koreacentral" && first.computeKind == "Managed" && first.instanceCount == nil)
        #expect(first.retrievedAt == CannedAzure.now)
        #expect(first.ageSeconds(at: CannedAzure.now.addingTimeInterval(7)) == 7)
        let second = fleet[1]
        #expect(second.kind == .deployment && second.name == "blue" && second.endpointName == "fraud")
        #expect(second.instanceType == "Standard_DS3_v2" && second.instanceCount == 2)
        #expect(second.provisioningState == .updating && second.traffic == nil && second.authMode == nil)
        let body = try JSONValue.parse(azure.sent[0].body ?? [])
        #expect(body["subscriptions"] == nil)
    }

    @Test func oneWorkspaceIsPickedWhateverTheCaseOfItsID() async throws {
        let other = Self.workspace.replacing("/ws", with: "/ws2", maxReplacements: 1)
        let azure = CannedAzure(
            Self.page([
                Self.row(Self.workspace.uppercased() + "/onlineEndpoints/mine"),
                Self.row(other + "/onlineEndpoints/theirs"),
            ])
        )
        let address = WorkspaceAddress(subscriptionID: "s", resourceGroup: "r'g", name: "ws")
        _ = try await azure.client.fleet(in: ["s"], workspace: address).all()
        let query = try JSONValue.parse(azure.sent[0].body ?? [])["query"]?.stringValue ?? ""
        #expect(query.contains(#" and resourceGroup =~ 'r\'g' |"#))
        let mine = try await azure.client.fleet(in: ["s"], workspace: CannedAzure.address).all()
        #expect(mine.map(\.name) == ["mine"])
    }

    @Test(arguments: [(403, true), (400, true), (404, true), (401, false), (429, false), (500, false)])
    func whoIsRefusedIsToldWhetherForGood(_ status: Int, _ isRefusal: Bool) async {
        let body = #"{"error":{"code":"AccessDenied","message":"no","details":[{"code":"x","message":"y"}]}}"#
        let azure = CannedAzure(body, status: status)
        let error = await #expect(throws: AzureError.self) { try await azure.client.fleet(in: ["s"]).all() }
        #expect(error?.isLastingRefusal == isRefusal)
        #expect(error?.operation == .fleetQuery)
    }

    @Test func anAnswerWithoutRowsIsNoEmptyFleet() async {
        let error = await #expect(throws: AzureError.self) {
            try await CannedAzure(#"{"count":0}"#).client.fleet(in: []).all()
        }
        #expect(error?.kind == .malformedAnswer(.unexpectedShape(field: "data")))
    }

    @Test func theSameTokenTwiceEnds() async {
        let azure = CannedAzure(Self.page([], token: "same"))
        await #expect(throws: AzureError.self) { try await azure.client.fleet(in: []).all() }
        #expect(azure.sent.count == 2)
    }
}
