import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

@Suite struct ActivityLogTests {
    private static let regenerate =
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/regenerateKeys/action"

    private func path(_ harness: Harness, _ filter: String, _ more: String = "") -> String {
        "\(harness.subscription)/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01"
            + "&$filter=\(Harness.escaped(filter))\(more)"
    }

    /// The events since a day ago, or since another time; of one endpoint, or of all.
    private func events(
        _ harness: Harness,
        daysAgo: Double = 1,
        of endpoint: String? = nil,
        more: String = ""
    ) async throws -> [JSON] {
        let start = CivilTime(harness.clock.now - daysAgo * 86_400).iso7
        let resource = endpoint.map { " and resourceUri eq '\(harness.workspace)/onlineEndpoints/\($0)'" } ?? ""
        var url: String? = path(harness, "eventTimestamp ge '\(start)'\(resource)", more)
        var events: [JSON] = []
        let token = try await harness.token()
        while let next = url {
            let answer = try await harness.manage(next, token: token)
            #expect(answer.status == 200, "\(answer.text)")
            events += answer.json["value"].items
            url = answer.json["nextLink"].string
        }
        return events
    }

    @Test func aNewKeyLeavesThreeLinesWithWhoMadeIt() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let claims = try #require(await harness.simulator.claims(of: token))
            let path = "\(harness.workspace)/onlineEndpoints/my-endpoint"
            _ = try await harness.manage(
                path + "/regenerateKeys",
                token: token,
                method: .POST,
                body: #"{"keyType":"Primary"}"#
            )
            func lines() async throws -> [JSON] {
                try await events(harness, of: "my-endpoint").filter {
                    $0["operationName"]["value"].string == Self.regenerate
                }
            }
            #expect(try await lines().compactMap { $0["status"]["value"].string } == ["Accepted", "Started"])
            harness.clock.advance(seconds: 20)
            let all = try await lines()
            #expect(all.compactMap { $0["status"]["value"].string } == ["Succeeded", "Accepted", "Started"])
            #expect(Set(all.compactMap { $0["correlationId"].string }).count == 1)
            let end = try #require(all.first)
            #expect(end["caller"].string == claims.appid && end["claims"]["appid"].string == claims.appid)
            #expect(
                end["claims"]["http://schemas.microsoft.com/identity/claims/objectidentifier"].string == claims.oid
            )
            #expect(end["resourceId"].string == path)
            #expect(end["eventTimestamp"].string == "2026-11-24T05:30:12.0000000Z")
            #expect(end["properties"]["requestbody"].isNull)
        }
    }

    @Test func whatIsOnlyReadLeavesNothingAndARefusalLeavesAFailure() async throws {
        try await Harness.run({ $0.principal = .reader }) { harness in
            let token = try await harness.token()
            let path = "\(harness.workspace)/onlineEndpoints/my-endpoint"
            _ = try await harness.manage(path, token: token)
            #expect(try await events(harness, daysAgo: 0.01).isEmpty)
            _ = try await harness.manage(path + "/listKeys", token: token, method: .POST)
            let lines = try await events(harness, daysAgo: 0.01)
            #expect(lines.compactMap { $0["status"]["value"].string } == ["Failed", "Started"])
            #expect(lines.first?["subStatus"]["value"].string == "Forbidden")
        }
    }

    @Test func theWorldHasAHistoryWithNames() async throws {
        try await Harness.run { harness in
            let lines = try await events(harness, daysAgo: 90, of: "churn").filter {
                $0["operationName"]["value"].string == Self.regenerate && $0["status"]["value"].string == "Succeeded"
            }
            #expect(lines.compactMap { $0["claims"]["name"].string } == ["Jisoo Park", "Minji Kim"])
            #expect(lines.first?["caller"].string == "jisoo.park@contoso.com")
            let older = try await events(harness, daysAgo: 90, of: "demand-forecast").filter {
                $0["operationName"]["value"].string == Self.regenerate
            }
            #expect(older.isEmpty)
            #expect(try await events(harness, daysAgo: 90, of: "nowhere").isEmpty)
        }
    }

    @Test func linesComeInPagesNewestFirst() async throws {
        try await Harness.run({ $0.pageSize = 3 }) { harness in
            let all = try await events(harness, daysAgo: 90)
            let times = all.compactMap { $0["eventTimestamp"].string }
            #expect(times.count > 9 && times == times.sorted(by: >))
            #expect(Set(all.compactMap { $0["eventDataId"].string }).count == all.count)
        }
    }

    @Test func someMembersCanBeSelected() async throws {
        try await Harness.run { harness in
            let lines = try await events(harness, daysAgo: 90, of: "churn", more: "&$select=operationName,status")
            guard case .object(let members) = try #require(lines.first) else {
                Issue.record("an object")
                return
            }
            #expect(Set(members.map(\.key)) == ["id", "eventTimestamp", "operationName", "status"])
        }
    }

    @Test(arguments: [
        "", "status eq 'Failed'", "eventTimestamp le '2026-11-24T00:00:00Z'", "eventTimestamp ge 'soon'",
        "eventTimestamp ge '2026-08-01T00:00:00Z'", "eventTimestamp ge '2026-11-24T00:00:00Z' or caller eq 'x'",
    ])
    func anyOtherFilterIsRefused(_ filter: String) async throws {
        try await Harness.run { harness in
            let answer = try await harness.manage(path(harness, filter), token: try await harness.token())
            #expect(answer.status == 400 && answer.json["code"].string == "BadRequest")
        }
    }

    @Test func whoHasNoRoleAtTheSubscriptionIsRefused() async throws {
        try await Harness.run({ $0.principal = .scorer }) { harness in
            let filter = "eventTimestamp ge '2026-11-24T00:00:00Z'"
            let answer = try await harness.manage(path(harness, filter), token: try await harness.token())
            #expect(answer.status == 403)
            let message = answer.json["error"]["message"].string ?? ""
            #expect(
                message.contains("'Microsoft.Insights/eventtypes/values/Read' over scope '\(harness.subscription)'")
            )
        }
    }
}
