import AzureCore
import AzureML
import FoundationEssentials
import JSONValue
import TerminalUI
import TestSupport
import Testing

@testable import Dashboard

@Suite struct TokenViewTests {
    private static let wrong = """
        {"aud":"https://graph.microsoft.com","ver":"1.0","iss":"https://sts.windows.net/9e66/","appid":"b888e63f",\
        "appidacr":"1","idtyp":"app","oid":"87c975e8","tid":"9e6624ae","iat":1763996400,"nbf":1763996400,\
        "exp":1764002520,"app_displayname":"ci-bot","roles":["Reader"],"xms_cc":["cp1"]}
        """

    private func report(_ claims: String, header: String = #"{"alg":"RS256","kid":"k1"}"#) -> TokenReport {
        TokenReport(TokenInspection("\(base64(header)).\(base64(claims)).c2ln"), in: .azureCloud)
    }

    private func base64(_ text: String) -> String {
        Data(text.utf8).base64EncodedString().replacing("=", with: "").replacing("+", with: "-").replacing(
            "/",
            with: "_"
        )
    }

    private func inspected(_ report: TokenReport, _ width: Int = 80, _ height: Int = 24) -> Walkthrough {
        var walk = Walkthrough(state: Samples.state(Size(width: width, height: height)))
        walk.press(.character("i"))
        walk.play(.secret(.inspected(report, request: walk.state.lastRequest)))
        return walk
    }

    private func screen(_ walk: Walkthrough) -> String {
        let frame = render(walk.state, texts: .english)
        return (0..<frame.size.height).map { frame.text(ofRow: $0) }.joined(separator: "\n")
    }

    @Test func theKeyLooksIntoTheControlPlanesToken() {
        var walk = Walkthrough(state: Samples.state(Size(width: 80, height: 24)))
        let effects = walk.press(.character("i"))
        #expect(effects.contains(.secret(.inspect(.token(.resourceManager), request: walk.state.lastRequest))))
        #expect(walk.state.views.last == .token(.named(.token(.resourceManager))))
    }

    @Test func onARowItLooksIntoThatToken() {
        var walk = Walkthrough(state: Samples.state(Size(width: 80, height: 24)))
        walk.press(.character("4"))
        #expect(
            walk.press(.character("i"))
                .contains(.secret(.inspect(.endpointToken(Samples.id("llm-gateway")), request: walk.state.lastRequest)))
        )
    }

    @Test func aKeyIsNoToken() {
        var walk = Walkthrough(state: Samples.state(Size(width: 80, height: 24)))
        walk.press(.enter, .character("i"))
        #expect(walk.state.notice?.key == .tokenKeysAreNone && walk.state.views == [.endpoint(Samples.id("churn"))])
    }

    @Test func aWrongAudienceShoutsInWordAndColour() {
        let walk = inspected(report(Self.wrong))
        let frame = render(walk.state, texts: .english)
        #expect(frame.text(ofRow: 2).contains("▲ WRONG AUDIENCE: it is for https://graph.microsoft.com"))
        #expect(frame[2, 2].style == Style(.alert, bold: true))
    }

    @Test func timesAreLocalAndUTCAndHowFarAway() {
        let walk = inspected(report(Self.wrong))
        #expect(screen(walk).contains("in 42 min · 2025-11-25 01:42:00 KST · 11-24 16:42:00 UTC"))
    }

    @Test func aLateReportOfAnotherTokenIsDropped() {
        var walk = Walkthrough(state: Samples.state(Size(width: 80, height: 24)))
        walk.press(.character("i"))
        let first = walk.state.lastRequest
        walk.press(.character("i"))
        walk.play(.secret(.inspected(report(Self.wrong), request: first)))
        #expect(walk.state.inquiry?.outcome == .waiting)
        walk.play(
            .secret(.notInspected(AzureError(.noCredential([]), operation: .token), request: walk.state.lastRequest))
        )
        #expect(screen(walk).contains("Couldn't"))
    }

    @Test func aPastedTokenStaysCoveredAndLeavesTheState() {
        let token = "eyJhbGciOiJub25lIn0.e30.x"
        var walk = inspected(report(Self.wrong))
        walk.press(.character("p"))
        walk.play(.terminal(.paste("Bearer ")))
        walk.play(.terminal(.paste(token)))
        #expect(screen(walk).contains("32 characters") && !screen(walk).contains("eyJ"))
        var dumped = ""
        dump(walk.state, to: &dumped)
        #expect(!dumped.contains("eyJ"))
        let effects = walk.press(.enter)
        #expect(effects.contains(.secret(.inspectPasted(Secret("Bearer " + token), request: walk.state.lastRequest))))
        #expect(walk.state.dialog == nil && walk.state.views == [.token(.pasted)])
    }

    @Test func typingWorksWherePastingIsTyping() {
        var walk = inspected(report(Self.wrong))
        walk.press(.character("p"), .character("q"), .character("y"), .backspace, .character("a"), .character("b"))
        let effects = walk.press(.enter)
        #expect(effects.contains(.secret(.inspectPasted(Secret("ab"), request: walk.state.lastRequest))))
    }

    @Test func anEmptyPasteDoesNothing() {
        var walk = inspected(report(Self.wrong))
        walk.press(.character("p"))
        #expect(walk.press(.enter).allSatisfy { if case .secret = $0 { false } else { true } })
    }

    @Test func theTextIsSearchedAndShownAsJSON() {
        var walk = inspected(report(Self.wrong))
        walk.press(.character("/"), .character("r"), .character("o"), .character("l"), .character("e"), .enter)
        #expect(screen(walk).contains("/role"))
        walk.press(.escape, .tab)
        #expect(screen(walk).contains("\"app_displayname\""))
    }

    @Test func hostileClaimsAreShownHarmlessly() {
        let claims =
            #"{"name":"\u001b[2J\u202Eevil\u0007","aud":"https://management.azure.com","\u001b]0;x":"\u009b31m"}"#
        let walk = inspected(report(claims), 100, 60)
        let frame = render(walk.state, texts: .english)
        let isSafe = screen(walk).unicodeScalars.allSatisfy {
            $0 == "\n" || ![.control, .format].contains($0.properties.generalCategory)
        }
        #expect(isSafe)
        for row in 0..<60 { #expect((0..<100).reduce(0) { $0 + frame[$1, row].width } == 100) }
    }

    // Needs the corpus of tokens that is kept beside the project; without it there is nothing to show.
    @Test(.enabled(if: Corpus.exists))
    func theWholeCorpusIsShown() throws {
        for line in try Corpus.text("corpus/jwt/tokens.jsonl").split(separator: "\n") {
            let token = try #require(try JSONValue.parse(String(line))["token"]?.stringValue)
            for language in Language.allCases {
                var walk = inspected(TokenReport(TokenInspection(token), in: .azureCloud))
                walk.state.language = language
                for _ in 0..<3 {
                    let frame = render(walk.state, texts: Catalogue(language))
                    #expect((0..<24).allSatisfy { row in (0..<80).reduce(0) { $0 + frame[$1, row].width } == 80 })
                    walk.press(.end)
                }
            }
        }
    }

    @Test(arguments: [(80, 24), (120, 60)])
    func frames(_ width: Int, _ height: Int) {
        expect(
            render(inspected(report(Self.wrong), width, height).state, texts: .english),
            matchesGolden: "token-\(width)x\(height)"
        )
        var walk = inspected(report(Self.wrong), width, height)
        walk.state.language = .korean
        expect(render(walk.state, texts: .korean), matchesGolden: "korean-token-\(width)x\(height)")
    }
}
