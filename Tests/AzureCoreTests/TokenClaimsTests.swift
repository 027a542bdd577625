import AzureCore
import JSONValue
import TestSupport
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct TokenClaimsTests {
    /// A token with these claims and a signature nobody checks; the alphabet and padding of plain base64.
    private func token(_ claims: String) -> String {
        "\(Data(#"{"alg":"RS256"}"#.utf8).base64EncodedString()).\(Data(claims.utf8).base64EncodedString()).x"
    }

    @Test func claimsOfVersionOneAreRead() throws {
        let text = token(
            #"{"aud":"https://management.azure.com/","iss":"https://sts.windows.net/t/","iat":1700000000,"nbf":1700000001,"#
                + #""exp":1700003600,"appid":"app","idtyp":"app","oid":"o","tid":"t","ver":"1.0","roles":["r"],"#
                + #""app_displayname":"ci-bot","xms_mirid":"/subscriptions/s/x"}"#
        )
        let claims = try #require(TokenClaims.decode(text))
        #expect(claims.audience == "https://management.azure.com/" && claims.version == "1.0")
        #expect(claims.objectID == "o" && claims.tenantID == "t" && claims.appID == "app")
        #expect(claims.identityType == .app && claims.displayName == "ci-bot" && claims.roles == ["r"])
        #expect(claims.expiresAt == Date(timeIntervalSince1970: 1_700_003_600))
        #expect(claims.managedIdentityID == ResourceID("/subscriptions/S/x"))
    }

    @Test func claimsOfVersionTwoAreReadUnderTheSameNames() throws {
        let text = token(
            #"{"azp":"app","preferred_username":"abe@x","name":"Abe","scp":"a b","ver":"2.0","idtyp":"user","aud":["x"]}"#
        )
        let claims = try #require(TokenClaims.decode(text))
        #expect(claims.appID == "app" && claims.userName == "abe@x" && claims.displayName == "Abe")
        #expect(claims.scopes == ["a", "b"] && claims.identityType == .user && claims.audience == "x")
    }

    @Test(arguments: [
        #"{"exp":"soon"}"#, #"{"exp":0}"#, #"{"exp":9223372036854775807}"#, #"{"exp":1700000000000}"#, #"{"exp":null}"#,
        "{}",
    ])
    func anExpiryThatMakesNoSenseIsNone(_ claims: String) throws {
        let claims = try #require(TokenClaims.decode(token(claims)))
        #expect(claims.expiresAt == nil)
    }

    @Test(arguments: ["", "opaque", "..", "a.b.c", "e30.W10.x", "e30.e30", "e30.e30.x.y.z", "<html>", "e30.e3.x"])
    func opaqueTokensHaveNoClaims(_ token: String) {
        #expect(TokenClaims.decode(token) == nil)
    }

    // Needs the corpus of tokens that is kept beside the project; without it there is nothing to compare with.
    @Test(.enabled(if: Corpus.exists))
    func theCorpusIsReadAsItSays() throws {
        var count = 0
        for line in try Corpus.text("corpus/jwt/tokens.jsonl").split(separator: "\n") {
            let sample = try JSONValue.parse(String(line))
            let strict = sample["strict"]
            let lenient = sample["lenient"]?.stringValue == "same" ? strict : sample["lenient"]
            guard let token = sample["token"]?.stringValue, let expected = lenient?["ok"]?.boolValue else { continue }
            let claims = TokenClaims.decode(token)
            #expect((claims != nil) == expected, "\(sample["id"]?.stringValue ?? "?")")
            if expected, let audience = lenient?["payload"]?["aud"]?.stringValue {
                #expect(claims?.audience == audience)
            }
            count += 1
        }
        #expect(count > 30)
    }
}
