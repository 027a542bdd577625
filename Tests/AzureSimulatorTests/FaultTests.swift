import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import Testing

@testable import AzureSimulator

@Suite struct FaultTests {
    @Test func aStatusFaultMeetsItsRequestsAsOftenAsOrdered() async throws {
        try await Harness.run { harness in
            let token = try await harness.token()
            let ordered = try await harness.order(
                #"{"kind":"status","status":429,"headers":{"Retry-After":"7"}}"#,
                method: "GET",
                path: "onlineEndpoints.*api-version",
                count: 2
            )
            #expect(ordered.status == 201)
            let path = "\(harness.workspace)/onlineEndpoints"
            for _ in 0..<2 {
                let answer = try await harness.manage(path, token: token)
                #expect(answer.status == 429)
                #expect(answer.headers.first(name: "Retry-After") == "7")
                #expect(answer.code == "TooManyRequests")
            }
            #expect(try await harness.manage(path, token: token).status == 200)
            #expect(try await harness.manage(harness.workspace, token: token).status == 200)
        }
    }

    @Test func aBodyIsSentAsOrdered() async throws {
        try await Harness.run { harness in
            _ = try await harness.order(#"{"kind":"status","status":502,"body":"<html>bad gateway</html>"}"#)
            let html = try await harness.send(.GET, harness.arm + "/x")
            #expect(html.status == 502)
            #expect(html.headers.first(name: "Content-Type") == "text/html")
            #expect(html.text == "<html>bad gateway</html>")
            _ = try await harness.order(#"{"kind":"status","status":403,"body":{"error":{"code":"Mine"}}}"#)
            #expect(try await harness.send(.GET, harness.arm + "/x").code == "Mine")
        }
    }

    @Test func faultsAreListedCountedAndCleared() async throws {
        try await Harness.run { harness in
            _ = try await harness.order(#"{"kind":"status","status":500}"#, path: "nowhere", count: 0)
            _ = try await harness.order(#"{"kind":"delay","ms":2000}"#, path: "metadata", count: 3)
            _ = try await harness.logsURL
            let list = try await harness.send(.GET, "\(harness.arm)/_simulator/faults").json["value"].items
            #expect(list.count == 2)
            #expect(list[0]["remaining"].isNull)
            #expect(list[1]["remaining"].int == 2)
            #expect(list[1]["fault"]["kind"].string == "delay")
            #expect(list[1]["fault"]["ms"].int == 2_000)
            // The delay was slept on the world's clock.
            #expect(harness.clock.now == Date(ticks: CivilTime.ticks(iso: "2026-11-24T05:30:02Z") ?? 0))
            #expect(try await harness.send(.DELETE, "\(harness.arm)/_simulator/faults").status == 204)
            #expect(try await harness.send(.GET, "\(harness.arm)/_simulator/faults").json["value"].items.isEmpty)
        }
    }

    @Test(arguments: [
        (#"{"kind":"meteor"}"#, "Unknown fault.kind 'meteor'"), (#"{"kind":"status"}"#, "fault.status"),
        (#"{"kind":"status","status":99}"#, "fault.status"), (#"{"kind":"delay"}"#, "fault.ms"),
        (#"{}"#, "The body must be"),
    ])
    func anOrderThatMakesNoSenseIsRefusedInWords(fault: String, part: String) async throws {
        try await Harness.run { harness in
            let answer = try await harness.order(fault)
            #expect(answer.status == 400)
            #expect(answer.json["error"]["message"].string?.contains(part) == true)
            let pattern = try await harness.order(#"{"kind":"drop"}"#, path: "(")
            #expect(pattern.status == 400)
        }
    }

    @Test func malformedJSONComesWholeButDoesNotRead() async throws {
        try await Harness.run { harness in
            _ = try await harness.order(#"{"kind":"malformed-json"}"#)
            let answer = try await harness.send(.GET, harness.environment["ARM_CLOUD_METADATA_URL"] ?? "")
            #expect(answer.status == 200)
            #expect(answer.body.count > 100)
            #expect(answer.json.isNull)
        }
    }

    @Test(arguments: ["half-body", "reset"])
    func theConnectionBreaksOff(kind: String) async throws {
        try await Harness.run { harness in
            for origin in [harness.arm, try await Self.kubernetes(harness)] {
                _ = try await harness.order("{\"kind\":\"\(kind)\"}")
                await #expect(throws: (any Error).self) { try await harness.send(.GET, "\(origin)/metadata/endpoints") }
                let after = try await harness.send(.GET, "\(harness.arm)/metadata/endpoints")
                #expect(after.status == 200)
            }
        }
    }

    @Test func aDroppedRequestIsNeverAnswered() async throws {
        try await Harness.run { harness in
            _ = try await harness.order(#"{"kind":"drop"}"#)
            await #expect(throws: HTTPClientError.deadlineExceeded) {
                try await harness.send(.GET, "\(harness.arm)/metadata/endpoints", seconds: 1)
            }
            #expect(try await harness.send(.GET, "\(harness.arm)/metadata/endpoints").status == 200)
        }
    }

    @Test func halfABodyPromisesTheWhole() async throws {
        try await Harness.run { harness in
            let url = "\(harness.arm)/metadata/endpoints"
            let whole = try await harness.send(.GET, url).body.count
            _ = try await harness.order(#"{"kind":"half-body"}"#)
            let response = try await harness.client.execute(HTTPClientRequest(url: url), timeout: .seconds(20))
            #expect(response.headers.first(name: "Content-Length") == String(whole))
            var received = 0
            await #expect(throws: (any Error).self) {
                for try await chunk in response.body { received += chunk.readableBytes }
            }
            #expect(received == whole / 2)
        }
    }

    private static func kubernetes(_ harness: Harness) async throws -> String {
        let token = try await harness.token()
        let endpoint = try await harness.manage("\(harness.workspace)/onlineEndpoints/edge-k8s", token: token).json
        let uri = endpoint["properties"]["scoringUri"].string ?? ""
        #expect(uri.hasPrefix("http://localhost:"))
        return uri.split(separator: "/").prefix(2).joined(separator: "//")
    }
}
