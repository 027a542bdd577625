import AzureCore
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct SecretTests {
    @Test func nothingShowsASecret() {
        let secret = Secret("canary-1234")
        let token = AccessToken(secret: secret, credential: "Fake")
        var dumped = ""
        dump(token, to: &dumped)
        for text in ["\(secret)", secret.debugDescription, String(reflecting: secret), "\(token)", dumped] {
            #expect(!text.contains("canary"))
        }
        #expect("\(Secret("a"))" == "\(secret)")
        #expect(secret.reveal() == "canary-1234")
    }
}

@Suite struct ResourceIDTests {
    private let id = ResourceID(
        "/subscriptions/S/resourceGroups/RG/providers/Microsoft.MachineLearningServices/workspaces/WS"
            + "/onlineEndpoints/my-ep/deployments/Blue"
    )

    @Test func caseMakesNoDifference() {
        let lower = ResourceID(id.text.lowercased())
        #expect(lower == id)
        #expect(Set([lower, id]).count == 1)
        #expect(ResourceID("/a") != ResourceID("/b"))
        #expect(lower.endpointName == "my-ep" && lower.deploymentName == "blue")
    }

    @Test func partsOfAnIDAreFoundWhateverTheirCase() {
        let id = ResourceID("/Subscriptions/s1/RESOURCEGROUPS/Rg/providers/P/workspaces/ws/onlineEndpoints/e/")
        #expect(id.subscriptionID == "s1" && id.resourceGroup == "Rg" && id.endpointName == "e")
        #expect(id.deploymentName == nil && id.value(after: "e") == nil && ResourceID("").subscriptionID == nil)
        #expect(ResourceID("//subscriptions//s2").subscriptionID == "s2")
        #expect(id.isInside(ResourceID("/subscriptions/S1/resourceGroups/rg/providers/p/workspaces/WS")))
        #expect(!id.isInside(ResourceID("/subscriptions/s1/resourceGroups/rg/providers/p/workspaces/w")))
        #expect(!id.isInside(id))
    }

    @Test func segmentsAreFoundByTheirType() {
        #expect(id.subscriptionID == "S" && id.resourceGroup == "RG" && id.workspaceName == "WS")
        #expect(id.endpointName == "my-ep" && id.name == "Blue")
        #expect(id.parent?.name == "my-ep")
        #expect(ResourceID("").name.isEmpty && ResourceID("/workspaces").workspaceName == nil)
    }
}

@Suite struct TimeTextTests {
    @Test(
        arguments: [
            ("2025-05-01T14:33:06Z", 1_746_109_986), ("2025-05-01T14:33:06.1234567Z", 1_746_109_986.1234567),
            ("2025-01-23T09:45:13.2712504+00:00", 1_737_625_513.2712504), ("2025-05-01T23:33:06+09:00", 1_746_109_986),
            ("2025-05-01T14:33:06", 1_746_109_986), ("2025-05-01 14:33:06Z", 1_746_109_986),
            ("2025-05-01T14:33Z", 1_746_109_980), ("1970-01-01T00:00:00Z", 0), ("2024-02-29T00:00:00Z", 1_709_164_800),
            ("1969-12-31T23:59:59Z", -1), ("2025-05-01T14:33:06.123456789012Z", 1_746_109_986.123456789),
            ("", nil), ("2025-13-01T00:00:00Z", nil), ("2025-05-01", nil), ("2025-05-01T25:00:00Z", nil), ("soon", nil),
            ("2025-05-01T14:33:06Q", nil), ("2025-05-01T14:33:06Z!", nil),
        ] as [(String, Double?)]
    )
    func datesAreReadInEverySpelling(_ text: String, _ seconds: Double?) throws {
        let date = ISO8601.date(text)
        guard let seconds else {
            #expect(date == nil)
            return
        }
        #expect(abs(try #require(date).timeIntervalSince1970 - seconds) < 1e-6)
    }

    @Test func datesSurviveTheirText() {
        for seconds in stride(from: -3e9, to: 9e9, by: 86_399.25 * 37) {
            let date = Date(timeIntervalSince1970: (seconds * 1000).rounded() / 1000)
            let back = ISO8601.date(ISO8601.text(date))
            #expect(abs((back?.timeIntervalSince1970 ?? .infinity) - date.timeIntervalSince1970) < 1e-3)
        }
        #expect(ISO8601.text(Date(timeIntervalSince1970: 1_746_109_986.5)) == "2025-05-01T14:33:06.500Z")
    }

    @Test(
        arguments: [
            ("PT5S", .seconds(5)), ("PT1M30S", .seconds(90)), ("PT0.5S", .milliseconds(500)),
            ("P0DT0H3M0S", .seconds(180)),
            ("P1DT2H", .seconds(93_600)), ("PT5M", .seconds(300)), ("P1W", .seconds(604_800)), ("-PT5S", .seconds(-5)),
            ("PT0S", .zero), ("P1M", nil), ("P", nil), ("5S", nil), ("PT5", nil), ("", nil), ("PTS", nil),
        ] as [(String, Duration?)]
    )
    func durationsAreRead(_ text: String, _ duration: Duration?) {
        #expect(ISO8601.duration(text) == duration)
    }

    @Test func headerDatesAreRead() {
        #expect(HTTPDate.date("Thu, 01 May 2025 14:33:06 GMT") == Date(timeIntervalSince1970: 1_746_109_986))
        for text in ["", "Thu, 01 May 2025 14:33:06", "Thu, 41 May 2025 14:33:06 GMT", "Thu, 01 Foo 2025 14:33:06 GMT"]
        {
            #expect(HTTPDate.date(text) == nil)
        }
    }
}

@Suite struct HTTPURLTests {
    @Test(arguments: [
        "https://localhost:8443/metadata/endpoints?api-version=2019-05-01", "https://a.example/",
        "http://127.0.0.1:5/x?y=%20", "https://[::1]:8443/x",
    ])
    func addressesSurviveTheirText(_ text: String) {
        #expect(HTTPURL(text)?.description == text)
    }

    @Test(arguments: [
        "", "localhost", "ftp://a/", "https://", "https:///x", "https://user@a/", "https://a:b@c/", "https://a:0/",
        "https://a:99999/", "https://a b/", "https://a/\n", "https://a\\b/", "https://한국/", "https://a/#x",
        "https://a:/",
        "//a/b",
    ])
    func whatIsNoSafeAddressIsRefused(_ text: String) {
        #expect(HTTPURL(text) == nil)
    }

    @Test func defaultPortsAndCaseDoNotChangeTheOrigin() {
        #expect(HTTPURL("HTTPS://Management.Azure.com:443")?.origin == "https://management.azure.com")
        #expect(HTTPURL("https://a?x=1")?.description == "https://a/?x=1")
    }

    @Test func pathsAndQueriesAreEncoded() {
        let url = HTTPURL("https://a/base/")?.appending(
            path: "/x y/ü",
            query: [("$filter", "code eq '*'"), ("b", "1&2")]
        )
        #expect(url?.description == "https://a/base/x%20y/%C3%BC?$filter=code%20eq%20%27%2A%27&b=1%262")
    }
}
