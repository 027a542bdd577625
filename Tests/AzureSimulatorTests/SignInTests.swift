import FoundationEssentials
import NIOHTTP1
import Testing

@testable import AzureSimulator

@Suite struct SignInTests {
    @Test func aTokenHasTheClaimsOfAVersionOneApplicationToken() async throws {
        try await Harness.run { harness in
            let answer = try await harness.signIn(harness.form("https://management.azure.com/"))
            #expect(answer.status == 200)
            #expect(answer.json["token_type"].string == "Bearer")
            #expect(answer.json["expires_in"].int == 3_599)
            let claims = try #require(Self.claims(answer.json["access_token"].string ?? ""))
            let tenant = harness.environment["AZURE_TENANT_ID"] ?? ""
            #expect(claims["aud"].string == "https://management.azure.com/")
            #expect(claims["iss"].string == "https://sts.windows.net/\(tenant)/")
            #expect(claims["tid"].string == tenant)
            #expect(claims["appid"].string == harness.environment["AZURE_CLIENT_ID"])
            #expect(claims["idtyp"].string == "app")
            #expect(claims["ver"].string == "1.0")
            #expect(claims["oid"].string == claims["sub"].string)
            #expect(claims["exp"].int == Int(harness.clock.now.timeIntervalSince1970) + 3_599)
        }
    }

    @Test(arguments: [
        ("client_secret", "wrong", 401, "invalid_client", 7_000_215),
        ("client_secret", "", 401, "invalid_client", 7_000_216),
        ("client_id", "11111111-2222-4333-8444-555555555555", 400, "unauthorized_client", 700_016),
        ("client_id", "", 400, "invalid_request", 900_144),
        ("grant_type", "", 400, "invalid_request", 900_144),
        ("grant_type", "password", 400, "unsupported_grant_type", 70_003),
        ("scope", "https://management.azure.com/", 400, "invalid_scope", 70_011),
        ("scope", "https://graph.microsoft.com/.default", 400, "invalid_resource", 500_011),
    ])
    func aBadFormIsRefusedWithItsNumber(
        field: String,
        value: String,
        status: Int,
        error: String,
        number: Int
    ) async throws {
        try await Harness.run { harness in
            var form = harness.form("https://management.azure.com")
            form[field] = value
            let answer = try await harness.signIn(form)
            #expect(answer.status == status)
            #expect(answer.json["error"].string == error)
            #expect(answer.json["error_codes"][0].int == number)
            let text = answer.json["error_description"].string ?? ""
            #expect(text.hasPrefix("AADSTS\(number): "))
            #expect(text.contains("\r\nTrace ID: "))
        }
    }

    @Test func anUnknownTenantIsNotFound() async throws {
        try await Harness.run { harness in
            let tenant = "99999999-2222-4333-8444-555555555555"
            let answer = try await harness.signIn(harness.form("https://management.azure.com"), tenant: tenant)
            #expect(answer.status == 400)
            #expect(answer.json["error_codes"][0].int == 90_002)
            let discovery = try await harness.send(
                .GET,
                "\(harness.arm)/\(tenant)/v2.0/.well-known/openid-configuration"
            )
            #expect(discovery.json["error_codes"][0].int == 90_002)
        }
    }

    @Test func metadataIsAListOrOneObjectByItsVersion() async throws {
        try await Harness.run { harness in
            let list = try await harness.send(.GET, "\(harness.arm)/metadata/endpoints?api-version=2019-05-01").json
            let one = try await harness.send(.GET, "\(harness.arm)/metadata/endpoints?api-version=2022-09-01").json
            #expect(list[0]["name"].string == "AmltopSimulator")
            #expect(one["name"].string == "AmltopSimulator")
            #expect(one["authentication"]["audiences"][0].string == "https://management.azure.com/")
            #expect(one["authentication"]["audiences"][1].string == harness.arm)
            #expect(one["resourceManager"].string == harness.arm)
        }
    }

    private static func claims(_ token: String) -> JSON? {
        let parts = token.split(separator: ".")
        guard parts.count == 3 else { return nil }
        var text = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
        while text.count % 4 != 0 { text += "=" }
        return Data(base64Encoded: text).flatMap { JSON.decode(JSON.self, from: Array($0)) }
    }
}
