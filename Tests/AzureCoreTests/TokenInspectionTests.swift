import AzureCore
import JSONValue
import TestSupport
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct TokenInspectionTests {
    /// A token with these claims and a signature nobody checks.
    private func inspection(_ claims: String, header: String = #"{"alg":"RS256","kid":"k"}"#) -> TokenInspection {
        TokenInspection("\(base64(header)).\(base64(claims)).c2ln")
    }

    private func base64(_ text: String) -> String {
        Data(text.utf8).base64EncodedString().replacing("=", with: "").replacing("+", with: "-").replacing(
            "/",
            with: "_"
        )
    }

    @Test func claimsAreReadByWhatTheyMean() {
        let token = inspection(
            #"{"aud":"https://management.azure.com/","ver":"1.0","appid":"a","appidacr":"2","idtyp":"app","oid":"o","#
                + #""xms_cc":["CP1"],"wids":["1","2"],"groups":["x"],"uti":"u","exp":1700003600}"#
        )
        #expect(token.form == .signed(signatureBytes: 3) && token.isReadable && token.remarks.isEmpty)
        #expect(token.facts.holder == .app && token.facts.version == .one && token.facts.clientProof == .certificate)
        #expect(
            token.facts.isCAECapable && token.facts.directoryRoleCount == 2 && token.facts.groups == .listed(count: 1)
        )
        #expect(token.facts.algorithm == "RS256" && token.facts.keyID == "k" && token.facts.tokenID == "u")
        #expect(token.facts.audiences == ["https://management.azure.com/"])
    }

    @Test(arguments: [
        (
            #"{"xms_mirid":"/subscriptions/s/x","idtyp":"app"}"#,
            TokenFactSheet.Holder.managedIdentity as TokenFactSheet.Holder?
        ),
        (#"{"idtyp":"user"}"#, .user), (#"{"scp":"a b"}"#, .user), (#"{"upn":"abe@x"}"#, .user),
        (#"{"appid":"a"}"#, .app),
        (#"{"azp":"a"}"#, .app), (#"{"azp":"a","preferred_username":"abe@x"}"#, .user), ("{}", nil),
    ])
    func whoseTokenItIsIsTold(claims: String, holder: TokenFactSheet.Holder?) {
        #expect(inspection(claims).facts.holder == holder)
    }

    @Test(arguments: [#"{"hasgroups":true}"#, #"{"_claim_names":{"groups":"src1"},"_claim_sources":{"src1":{}}}"#])
    func tooManyGroupsAreTold(_ claims: String) {
        #expect(inspection(claims).facts.groups == .overage)
    }

    @Test func whatIsOddIsRemarked() {
        let odd = inspection(
            #"{"exp":1700000000000,"aud":["https://a","https://b"],"aud2":1,"aud2":2}"#,
            header: #"{"alg":"none","jku":"https://evil.example/keys","x5u":"file:///etc/passwd"}"#
        )
        #expect(
            odd.remarks == [
                .unsigned, .repeated(["aud2"]), .namesKeySource(["jku", "x5u"]), .expiryInMilliseconds,
                .severalAudiences,
            ]
        )
        #expect(inspection(#"{"exp":"2025-05-01T14:33:06Z"}"#).remarks == [.expiryNotNumber])
        #expect(inspection("{}").remarks == [.noExpiry] && inspection(#"{"exp":0}"#).remarks == [.noExpiry])
        #expect(TokenInspection(Data("{}".utf8).base64EncodedString() + ".e30=.x").remarks.contains(.looselyEncoded))
    }

    @Test(arguments: [
        ("", TokenInspection.Form.empty), ("opaque", .opaque), ("<html>", .opaque), ("a.b", .wrongPartCount(2)),
        ("..", .broken(.header, .notJSON)), ("e30.W10.x", .broken(.claims, .notObject)),
        ("e30.e3.x", .broken(.claims, .notJSON)), ("e30.e30e3.xx", .broken(.claims, .cut)),
        ("e30.e30.x", .broken(.signature, .cut)), ("e3 0.e30.xx", .broken(.header, .foreignCharacter)),
        ("e30.gICA.xx", .broken(.claims, .notText)), ("e30.e30.x.y.z", .encrypted),
        (String(repeating: "x", count: TokenInspection.Limits.tokenBytes + 1), .tooLong(bytes: 4_194_305)),
    ])
    func whatCannotBeReadIsExplained(token: String, form: TokenInspection.Form) {
        #expect(TokenInspection(token).form == form)
    }

    @Test func aHostileTokenStaysSmall() {
        let long = String(repeating: "\u{1B}[2J\u{202E}", count: 100_000)
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        let names = (0..<5_000).map { "\"c\($0)\":\($0)" }.joined(separator: ",")
        let token = inspection(
            "{\"name\":\(JSONValue.string(long).text()),\"deep\":\(deep),\"aud\":\"\(String(repeating: "z", count: 1_000_000))\","
                + "\"n\":1\(String(repeating: "0", count: 100_000)),\"roles\":[\(Array(repeating: "\"r\"", count: 9_000).joined(separator: ","))],\(names)}"
        )
        #expect(token.isReadable && token.remarks.contains(.bounded))
        #expect(token.claims.count == TokenInspection.Limits.memberCount + 1)
        #expect(JSONValue.object(token.claims).text().utf8.count < 20_000)
        #expect((token.facts.claims.audience?.utf8.count ?? 0) < 700 && token.facts.claims.roles.count == 60)
        #expect((token.facts.claims.displayName?.utf8.count ?? 0) < 5_000)
        #expect(token.facts.claims.expiresAt == nil)
    }

    @Test func nestingWithoutEndIsRefused() {
        let deep = String(repeating: "[", count: 20_000) + String(repeating: "]", count: 20_000)
        #expect(inspection("{\"a\":\(deep)}").form == .broken(.claims, .tooDeep))
    }

    @Test(arguments: [
        ("  eyJ.a.b \n", "eyJ.a.b", [TokenText.Wrapping]()),
        ("Bearer eyJ.a.b", "eyJ.a.b", [.bearer]), ("bearer   eyJ.a.b", "eyJ.a.b", [.bearer]),
        ("Authorization: Bearer eyJ.a.b", "eyJ.a.b", [.bearer, .bearer]),
        ("\"eyJ.a.b\"", "eyJ.a.b", [.quotes]), ("'Bearer eyJ.a.b'", "eyJ.a.b", [.quotes, .bearer]),
        (#"{"accessToken":"eyJ.a.b","expiresOn":"x"}"#, "eyJ.a.b", [.json(member: "accessToken")]),
        (#"{"token_type":"Bearer","access_token":"eyJ.a.b"}"#, "eyJ.a.b", [.json(member: "access_token")]),
        (#"{"error":"invalid_client"}"#, #"{"error":"invalid_client"}"#, []), ("", "", []), ("\"", "\"", []),
    ])
    func theTokenIsFoundInWhatSurroundsIt(text: String, token: String, wrappings: [TokenText.Wrapping]) {
        let found = TokenText(text)
        #expect(found.token.reveal() == token && found.wrappings == wrappings)
    }

    /// Numbers may be spelled otherwise in the corpus than in its tokens.
    private func isSame(_ left: JSONObject, _ right: JSONObject) -> Bool {
        left.count == right.count
            && zip(left, right).allSatisfy { left, right in
                left.name == right.name
                    && (left.value == right.value
                        || left.value.doubleValue != nil && left.value.doubleValue == right.value.doubleValue)
            }
    }

    // Needs the corpus of tokens that is kept beside the project; without it there is nothing to compare with.
    @Test(.enabled(if: Corpus.exists))
    func theCorpusIsReadAsItSays() throws {
        var count = 0
        for line in try Corpus.text("corpus/jwt/tokens.jsonl").split(separator: "\n") {
            let sample = try JSONValue.parse(String(line))
            let strict = sample["strict"]
            let lenient = sample["lenient"]?.stringValue == "same" ? strict : sample["lenient"]
            let token = try #require(sample["token"]?.stringValue)
            let name = sample["id"]?.stringValue ?? "?"
            let inspection = TokenInspection(token)
            count += 1
            switch lenient?["kind"]?.stringValue {
            case "jwe": #expect(inspection.form == .encrypted, "\(name)")
            case "not-jws":
                #expect([.opaque, .wrongPartCount(2)].contains(inspection.form), "\(name)")
            default:
                // Where the corpus leaves it open, that we are here is the answer.
                guard let expected = lenient?["ok"]?.boolValue else { continue }
                #expect(inspection.isReadable == expected, "\(name): \(inspection.form)")
                if let header = lenient?["header"]?.objectValue { #expect(inspection.header == header, "\(name)") }
                if expected, let claims = lenient?["payload"]?.objectValue, !inspection.remarks.contains(.bounded) {
                    #expect(isSame(inspection.claims, claims), "\(name)")
                }
                if let bytes = lenient?["signature_bytes"]?.intValue {
                    #expect(inspection.form == .signed(signatureBytes: bytes), "\(name)")
                }
            }
        }
        #expect(count == 60)
    }
}
