@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import JSONValue
import TerminalUI
import Testing

/// The form's reducer, every effect named.
@Suite struct ScoringFormTests {
    /// A dashboard whose selected endpoint has the form open.
    private func opened(
        _ endpoint: String = "churn",
        consent: ScoringConsent = .no,
        size: Size = Size(width: 160, height: 48)
    ) -> Walkthrough {
        var walk = Walkthrough(state: Samples.state(size))
        walk.state.selectedEndpoint = Samples.id(endpoint)
        walk.state.settle()
        let id = Samples.id(endpoint)
        #expect(walk.press(.character("s")).scoring == [.askConsent, .readHistory(id)])
        walk.play(.scoring(.consent(consent)))
        walk.play(.scoring(.history(id, [])))
        return walk
    }

    private func type(_ text: String, into walk: inout Walkthrough) {
        for character in text { walk.press(character == "\n" ? .enter : .character(character)) }
    }

    private func sent(_ effects: [Effect]) throws -> ScoringTask {
        let tasks = effects.scoring.compactMap { effect in
            if case .send(let task) = effect { task } else { nil }
        }
        #expect(tasks.count == 1)
        return try #require(tasks.first)
    }

    private func answer(_ status: Int, of task: ScoringTask, body: String = "[0.5]") -> Event {
        .scoring(
            .answered(
                run: task.run,
                ScoringAnswer(
                    status: status,
                    deployment: "blue",
                    clientRequestID: task.clientRequestID,
                    body: Array(body.utf8)
                )
            )
        )
    }

    @Test func aTypedBodyIsSentAsItReads() throws {
        var walk = opened()
        type("{\"data\":[[1,2]]}", into: &walk)
        let task = try sent(walk.press(.function(9)))
        #expect(task.credential == .primary)
        #expect(task.endpoint == Samples.id("churn"))
        #expect(task.request.uri == "https://churn.koreacentral.inference.ml.azure.com/score")
        #expect(task.request.body == Array("{\"data\":[[1,2]]}".utf8))
        #expect(task.request.deployment == nil)
        #expect(task.request.contentType == "application/json")
        #expect(task.request.headerFields.isEmpty)
        #expect(!task.request.allowsPlainHTTP)
        #expect(task.clientRequestID.utf8.count <= 40)
        #expect(walk.state.scoring?.isRunning == true)
        walk.play(answer(200, of: task), expecting: [])
        #expect(walk.state.scoring?.isRunning == false)
        #expect(walk.state.scoring?.answer.answer?.status == 200)
        #expect(walk.state.scoring?.proven?.bytes == task.request.body)
    }

    @Test func nothingIsSentTwiceAtOnce() throws {
        var walk = opened()
        type("{}", into: &walk)
        _ = try sent(walk.press(.alt("\r")))
        #expect(walk.press(.function(9)).isEmpty)
        #expect(walk.state.notice?.key == .scoringIsRunning)
    }

    @Test(arguments: ScoringForm.Part.allCases)
    func escapeCancelsWhereverItIsPressed(_ part: ScoringForm.Part) throws {
        var walk = opened()
        type("{}", into: &walk)
        let task = try sent(walk.press(.function(9)))
        walk.state.scoring?.part = part
        walk.play(.terminal(.key(.escape)), expecting: [.scoring(.cancel(run: task.run))])
        #expect(walk.state.views.last == .scoring)
        // What still comes of it is not taken for an answer.
        walk.play(answer(200, of: task))
        #expect(walk.state.scoring?.answer.answer == nil)
        #expect(walk.state.scoring?.body.editor.text == "{}")
        walk.press(.escape)
        #expect(walk.state.views.isEmpty)
    }

    @Test func aLapsedCredentialNeverLosesTheBody() throws {
        var walk = opened("fraud-scoring")
        type("{\"data\":[]}", into: &walk)
        let task = try sent(walk.press(.function(9)))
        #expect(task.credential == .entra)
        walk.play(.scoring(.failed(run: task.run, AzureError(.noCredential([])))))
        #expect(walk.state.scoring?.isRunning == false)
        #expect(walk.state.scoring?.body.editor.text == "{\"data\":[]}")
        walk.press(.escape)
        walk.press(.character("s"))
        #expect(walk.state.scoring?.body.editor.text == "{\"data\":[]}")
    }

    @Test func aTokenThatWasRenewedForTheRequestIsNotBlamed() throws {
        var walk = opened("fraud-scoring")
        walk.state.tokens[.machineLearning]?.expiresAt = walk.state.now.addingTimeInterval(-60)
        type("{}", into: &walk)
        for (isRenewed, isBlamed) in [(false, true), (true, false)] {
            let task = try sent(walk.press(.function(9)))
            if isRenewed {
                let expiry = walk.state.now.addingTimeInterval(3_600)
                walk.play(.scoring(.credential(run: task.run, expiresAt: expiry)))
            }
            walk.play(answer(401, of: task, body: "aad_token_auth_access_denied"))
            let cause = walk.state.scoring?.answer.explanation?.sentences.first { $0.role == .cause }?.key
            #expect(cause != nil && (cause == .meaningExpired) == isBlamed)
        }
    }

    @Test func theMissingRoleIsGivenByALineThatCanBeRun() throws {
        var walk = opened("fraud-scoring")
        type("{}", into: &walk)
        walk.play(answer(401, of: try sent(walk.press(.function(9))), body: "aad_token_auth_access_denied"))
        let commands = walk.state.scoring?.answer.explanation?.steps.compactMap(\.command) ?? []
        #expect(
            commands.contains(
                "az role assignment create --role \"AzureML Data Scientist\" "
                    + "--assignee 11111111-2222-3333-4444-555555555555 --scope \(Samples.id("fraud-scoring").text)"
            ),
            "\(commands)"
        )
    }

    @Test func aBodyThatIsNoJSONGoesWhenAskedTwice() throws {
        var walk = opened()
        type("{\"data\": oops}", into: &walk)
        #expect(walk.press(.function(9)).isEmpty)
        #expect(walk.state.notice?.key == .scoringBodyNoJSON)
        #expect(walk.state.notice?.values == ["line": "1", "column": "10"])
        #expect(walk.state.scoring?.body.editor.cursor == TextPosition(line: 0, offset: 9))
        #expect(try sent(walk.press(.function(9))).request.body == Array("{\"data\": oops}".utf8))
    }

    @Test func whatIsNoJSONByItsContentTypeIsNotChecked() throws {
        var walk = opened()
        type("plain words", into: &walk)
        walk.state.scoring?.part = .contentType
        walk.press(.control("u"))
        type("text/plain", into: &walk)
        #expect(try sent(walk.press(.function(9))).request.contentType == "text/plain")
    }

    @Test func onlyWhatTheAuthModeCanUseIsChosen() {
        for (endpoint, expected) in [
            ("churn", [ScoringCredential.primary, .secondary, .none]), ("fraud-scoring", [.entra, .none]),
            ("llm-gateway", [.amlToken, .none]),
        ] {
            var walk = opened(endpoint)
            walk.state.scoring?.part = .credential
            var seen: [ScoringCredential] = []
            for _ in expected {
                if let choice = walk.state.scoring?.credential { seen.append(choice) }
                walk.press(.right)
            }
            #expect(seen == expected)
            #expect(walk.state.scoring?.credential == expected.first)
        }
    }

    @Test func aPinIsTheRequestsOwn() throws {
        var walk = opened("fraud-scoring")
        type("{}", into: &walk)
        walk.state.scoring?.part = .deployment
        walk.press(.right)
        let pinned = try sent(walk.press(.function(9)))
        #expect(pinned.request.deployment == "blue")
        walk.play(answer(200, of: pinned))
        walk.press(.left)
        let routed = try sent(walk.press(.function(9)))
        #expect(routed.request.deployment == nil)
        walk.play(answer(200, of: routed))
        // Sent elsewhere once, the form's own choice stays.
        walk.state.scoring?.part = .answer
        walk.press(.character("b"))
        walk.press(.down)
        let once = try sent(walk.press(.enter))
        #expect(once.request.deployment == "green")
        walk.play(answer(200, of: once))
        walk.press(.escape)
        #expect(try sent(walk.press(.function(9))).request.deployment == nil)
    }

    @Test func openedFromADeploymentItIsPinnedToIt() {
        var walk = Walkthrough(state: Samples.state(Size(width: 120, height: 36)))
        walk.state.selectedEndpoint = Samples.id("fraud-scoring")
        walk.press(.character("2"))
        walk.press(.character("s"))
        #expect(walk.state.scoring?.pinned == walk.state.selectedDeploymentRecord?.deployment.name)
        #expect(walk.state.scoring?.pinned != nil)
    }

    @Test func everyEndpointHasAFormOfItsOwn() {
        var walk = opened("churn")
        type("{\"a\":1}", into: &walk)
        walk.press(.escape)
        walk.state.selectedEndpoint = Samples.id("fraud-scoring")
        walk.press(.character("s"))
        #expect(walk.state.scoring?.endpoint == Samples.id("fraud-scoring"))
        #expect(walk.state.scoring?.body.isEmpty == true)
        walk.press(.escape)
        walk.state.selectedEndpoint = Samples.id("churn")
        walk.press(.character("s"))
        #expect(walk.state.scoring?.body.editor.text == "{\"a\":1}")
    }

    @Test func plainHTTPWantsTheNameTypedBeforeACredentialGoes() throws {
        var walk = opened()
        var endpoint = Samples.endpoint("churn")
        endpoint.scoringURI = "http://10.0.0.4/api/v1/endpoint/churn/score"
        walk.state.records[try #require(walk.state.recordIndex[endpoint.id])].endpoint = endpoint
        walk.state.scoring?.path.replace(with: "/api/v1/endpoint/churn/score")
        type("{}", into: &walk)
        #expect(walk.press(.function(9)).isEmpty)
        // A name that is to be typed is not pasted.
        walk.play(.terminal(.paste("churn")))
        type("chur", into: &walk)
        #expect(walk.press(.enter).isEmpty)
        #expect(walk.state.scoring?.isRunning == false)
        type("n", into: &walk)
        let task = try sent(walk.press(.enter))
        #expect(task.request.allowsPlainHTTP)
        #expect(task.request.uri == "http://10.0.0.4/api/v1/endpoint/churn/score")
        walk.play(answer(200, of: task))
        // Said once for this endpoint.
        _ = try sent(walk.press(.function(9)))
    }

    @Test func withoutACredentialPlainHTTPNeedsNoName() throws {
        var walk = opened()
        var endpoint = Samples.endpoint("churn")
        endpoint.scoringURI = "http://10.0.0.4/score"
        walk.state.records[try #require(walk.state.recordIndex[endpoint.id])].endpoint = endpoint
        walk.state.scoring?.credential = .none
        type("{}", into: &walk)
        #expect(try sent(walk.press(.function(9))).credential == .none)
    }

    @Test func scoringThatIsSwitchedOffIsRefusedBeforeItLeaves() {
        var walk = opened()
        walk.state.scoringForbidden = [Samples.workspace.id]
        type("{}", into: &walk)
        #expect(walk.press(.function(9)).isEmpty)
        #expect(walk.state.notice?.key == .scoringForbidden)
    }

    @Test func readOnlyStillScores() throws {
        var walk = opened()
        walk.state.isReadOnly = true
        type("{}", into: &walk)
        _ = try sent(walk.press(.function(9)))
    }

    @Test func headersAreCheckedAndReservedOnesRefused() throws {
        var walk = opened()
        type("{}", into: &walk)
        walk.state.scoring?.part = .headers
        walk.press(.enter)
        type("Authorization: Bearer stolen", into: &walk)
        walk.press(.tab)
        guard case .headers(_, let wrong)? = walk.state.scoring?.overlay else {
            Issue.record("the overlay closed")
            return
        }
        #expect(wrong == 0)
        walk.press(.control("a"), .control("k"))
        type("X-Trace: 7\nX-Note: a, b", into: &walk)
        walk.press(.tab)
        #expect(walk.state.scoring?.overlay == nil)
        let task = try sent(walk.press(.function(9)))
        var expected = ScoringRequest(
            uri: task.request.uri,
            body: Array("{}".utf8),
            timeout: task.request.timeout,
            bodyLimit: task.request.bodyLimit
        )
        expected.set([PayloadFile.Header("X-Trace", "7"), PayloadFile.Header("X-Note", "a, b")])
        #expect(task.request == expected)
    }

    @Test func theConsentIsAskedOnceAndObeyed() throws {
        var walk = opened(consent: .unasked)
        type("{}", into: &walk)
        let first = try sent(walk.press(.function(9)))
        walk.play(answer(200, of: first), expecting: [])
        #expect(walk.state.scoring?.overlay == .consent(ScoringConsentPanel()))
        let effects = walk.press(.character("y")).scoring
        guard effects.count == 2, case .record(let record) = effects[1] else {
            Issue.record("nothing was kept: \(effects)")
            return
        }
        #expect(effects[0] == .setConsent(.withoutBodies))
        #expect(record.requestBody == nil)
        #expect(record.answer?.body == [])
        #expect(record.answer?.status == 200)
        #expect(record.requestByteCount == 2)
        let second = try sent(walk.press(.function(9)))
        let kept = walk.play(answer(424, of: second)).scoring
        #expect(kept.count == 1)
        #expect(walk.state.scoring?.overlay == nil)
        #expect(walk.state.scoring?.history?.count == 2)
    }

    @Test func withoutConsentNothingIsKept() throws {
        var walk = opened(consent: .no)
        type("{}", into: &walk)
        let task = try sent(walk.press(.function(9)))
        walk.play(answer(200, of: task), expecting: [])
    }

    @Test func aDirtyFormIsAskedForBeforeTheProgramIsLeft() {
        var walk = opened()
        type("{", into: &walk)
        walk.press(.escape)
        walk.play(.terminal(.key(.character("q"))), expecting: [])
        #expect(walk.state.notice?.key == .scoringDirtyQuit)
        walk.play(.terminal(.key(.character("q"))), expecting: [.quit])
    }
}

extension [Effect] {
    var scoring: [ScoringEffect] {
        compactMap { if case .scoring(let effect) = $0 { effect } else { nil } }
    }
}
