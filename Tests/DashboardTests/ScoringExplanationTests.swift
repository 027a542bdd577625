@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import Testing

/// What every status of Azure's table means here.
@Suite struct ScoringExplanationTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var answer: ScoringAnswer
        var sent: SentPayload = AnswerSamples.sent()
        var cause: TextKey
        /// Facts that the words hold in every language.
        var facts: [String] = []
        var ruledOut: [TextKey] = []
        var steps: [String] = []

        var testDescription: String { name }
    }

    private static func model(_ status: Int?, _ body: String = "", reason: String? = nil) -> ScoringAnswer {
        AnswerSamples.answer(424, body, model: status, reason: reason ?? "model_error", by: "green")
    }

    private static let entra = AnswerSamples.sent(mode: .aadToken, credential: .entra, secondsLeft: 3_481)
    private static let cluster = AnswerSamples.sent("edge", kubernetes: true, requestTimeout: .seconds(5))

    static let credentialRows: [Row] = [
        Row(
            name: "401 wrong key",
            answer: AnswerSamples.refused,
            cause: .meaningWrongKey,
            ruledOut: [.meaningOutMode, .meaningOutNoExpiry, .meaningOutRouting],
            steps: ["F9", "Tab"]
        ),
        Row(
            name: "401 no credential",
            answer: AnswerSamples.answer(401, "key_auth_bad_header_forbidden", type: "text/plain"),
            sent: AnswerSamples.sent(credential: .none),
            cause: .meaningNoCredential,
            facts: ["key"],
            steps: ["Tab"]
        ),
        Row(
            name: "401 malformed header",
            answer: AnswerSamples.answer(401, "key_auth_bad_header_forbidden", type: "text/plain"),
            cause: .meaningBadHeader,
            ruledOut: [.meaningOutMode]
        ),
        Row(
            name: "401 wrong kind",
            answer: AnswerSamples.refused,
            sent: AnswerSamples.sent(mode: .aadToken, credential: .secondary),
            cause: .meaningWrongMode,
            facts: ["aad_token"],
            steps: ["Tab"]
        ),
        Row(
            name: "401 expired",
            answer: AnswerSamples.answer(401, "", type: "text/plain"),
            sent: AnswerSamples.sent(mode: .amlToken, credential: .amlToken, secondsLeft: -63),
            cause: .meaningExpired,
            facts: ["63 s"],
            ruledOut: [.meaningOutMode],
            steps: ["F9"]
        ),
        Row(
            name: "401 Azure ML token",
            answer: AnswerSamples.answer(401, "", type: "text/plain"),
            sent: AnswerSamples.sent(mode: .amlToken, credential: .amlToken, secondsLeft: 90),
            cause: .meaningTokenRefused,
            facts: ["90 s"],
            ruledOut: [.meaningOutExpiry]
        ),
        Row(
            name: "401 without the right",
            answer: AnswerSamples.answer(401, "", type: "text/plain"),
            sent: entra,
            cause: .meaningNoScoreAction,
            facts: ["onlineEndpoints/score/action", "AzureML Data Scientist"],
            ruledOut: [.meaningOutAudience, .meaningOutExpiry, .meaningOutRouting]
        ),
        Row(
            name: "403 tenant",
            answer: AnswerSamples.answer(
                403,
                "Tenant mismatch: Token tenant does not match resource tenant",
                type: "text/plain"
            ),
            sent: entra,
            cause: .meaningTenant,
            facts: ["az login --tenant"]
        ),
        Row(
            name: "403 private",
            answer: AnswerSamples.answer(403),
            sent: AnswerSamples.sent(isPrivate: true),
            cause: .meaningPrivateOnly
        ),
        Row(name: "403 key", answer: AnswerSamples.answer(403), cause: .meaningForbidden),
    ]

    static let serviceRows: [Row] = [
        Row(name: "200", answer: AnswerSamples.result, cause: .meaningOk, facts: ["blue", "200"]),
        Row(
            name: "404 no traffic",
            answer: AnswerSamples.answer(404),
            sent: AnswerSamples.sent(traffic: ["blue": 0]),
            cause: .meaningNoTraffic,
            facts: ["--traffic \"blue=100\""],
            ruledOut: [.meaningOutCredential]
        ),
        Row(
            name: "404 unknown pin",
            answer: AnswerSamples.answer(404),
            sent: AnswerSamples.sent(pinned: "teal"),
            cause: .meaningUnknownPin,
            facts: ["teal", "blue, green"]
        ),
        Row(
            name: "404 path",
            answer: AnswerSamples.answer(404),
            sent: AnswerSamples.sent(uri: "https://h/v1/chat/completions?a=1"),
            cause: .meaningUnknownPath,
            facts: ["/v1/chat/completions", "blue 90 %, green 10 %"],
            ruledOut: [.meaningOutTraffic]
        ),
        Row(
            name: "404 path of a pinned one",
            answer: AnswerSamples.answer(404),
            sent: AnswerSamples.sent(pinned: "green"),
            cause: .meaningPathOrGone,
            facts: ["green", "/score"],
            ruledOut: [.meaningOutPin]
        ),
        Row(
            name: "404 nothing known",
            answer: AnswerSamples.answer(404),
            sent: AnswerSamples.sent(known: [], traffic: nil),
            cause: .meaningNotFoundUnclear
        ),
        Row(
            name: "408",
            answer: AnswerSamples.tooSlow,
            sent: AnswerSamples.sent(clientTimeout: .seconds(60)),
            cause: .meaningTooSlow,
            facts: ["5 s", "60 s", "request_timeout_ms=10000", "get-logs -e fraud-scoring -n blue"],
            ruledOut: [.meaningOutCredential, .meaningOutReached]
        ),
        Row(name: "413", answer: AnswerSamples.answer(413), cause: .meaningTooLarge, facts: ["142 B", "1.5 MB"]),
        Row(
            name: "429 queue",
            answer: AnswerSamples.answer(
                429,
                reason: "too_many_pending_request",
                type: "text/plain",
                fields: ["Retry-After": "3"]
            ),
            cause: .meaningTooMany,
            facts: ["4", "maxConcurrentRequestsPerInstance", "3 s"],
            ruledOut: [.meaningOutCredential],
            steps: ["F9"]
        ),
        Row(
            name: "429 rate",
            answer: AnswerSamples.answer(429, reason: "rate_limited"),
            cause: .meaningRateLimited,
            facts: ["500"]
        ),
        Row(
            name: "500",
            answer: AnswerSamples.answer(500),
            cause: .meaningPlatform,
            facts: ["0d6c41f2-5b1e-4f6e-9d0c-2a4a1f0e8c77"],
            steps: ["F9"]
        ),
        Row(name: "502 managed", answer: AnswerSamples.answer(502), cause: .meaningGateway, facts: ["502"]),
        Row(name: "409 Kubernetes", answer: AnswerSamples.answer(409), sent: cluster, cause: .meaningClusterBusy),
        Row(
            name: "502 Kubernetes",
            answer: AnswerSamples.answer(502),
            sent: cluster,
            cause: .meaningClusterCrashed,
            facts: ["score.py", "get-logs -e edge"]
        ),
        Row(name: "503 Kubernetes", answer: AnswerSamples.answer(503), sent: cluster, cause: .meaningClusterSpike),
        Row(
            name: "504 Kubernetes",
            answer: AnswerSamples.answer(504),
            sent: cluster,
            cause: .meaningClusterTimeout,
            facts: ["5 s"]
        ),
        Row(name: "400", answer: AnswerSamples.answer(400), cause: .meaningBadRequest),
        Row(name: "307", answer: AnswerSamples.answer(307), cause: .meaningRedirect),
        Row(name: "418", answer: AnswerSamples.answer(418), cause: .meaningOther, facts: ["418"]),
    ]

    static let modelRows: [Row] = [
        Row(
            name: "424 raised",
            answer: AnswerSamples.modelFailed,
            cause: .meaningModelRaised,
            facts: ["An unexpected error occurred in scoring script.", "get-logs -e fraud-scoring -n green"],
            ruledOut: [.meaningOutCredential, .meaningOutReached],
            steps: ["c", "b"]
        ),
        Row(
            name: "424 script timeout",
            answer: model(500, #"{"message": "Scoring timeout after 3000 ms"}"#),
            cause: .meaningModelScriptTimeout,
            facts: ["3000 ms"]
        ),
        Row(
            name: "424 bad input",
            answer: model(400, #"{"message": "columns missing: amount"}"#),
            cause: .meaningModelBadInput,
            facts: ["400", "columns missing: amount"],
            steps: ["F5"]
        ),
        Row(name: "424 route", answer: model(404), cause: .meaningModelRoute, facts: ["/score", "404"]),
        Row(name: "424 method", answer: model(405), cause: .meaningModelMethod, facts: ["405"]),
        Row(name: "424 type", answer: model(415), cause: .meaningModelContentType, facts: ["application/json"]),
        Row(name: "424 schema", answer: model(422), cause: .meaningModelValidation, facts: ["422"]),
        Row(name: "424 busy", answer: model(429), cause: .meaningModelBusy, facts: ["429"]),
        Row(name: "424 header", answer: model(431), cause: .meaningModelHeader, facts: ["431", "100"]),
        Row(name: "424 its own credential", answer: model(401), cause: .meaningModelAuth, facts: ["401"]),
        Row(
            name: "424 not ready",
            answer: model(503, reason: "model_not_ready"),
            cause: .meaningModelNotReady,
            facts: ["model_not_ready"]
        ),
        Row(name: "424 down", answer: model(502), cause: .meaningModelDown, facts: ["502"]),
        Row(name: "424 other", answer: model(418), cause: .meaningModelOther, facts: ["418"]),
        Row(name: "424 unknown", answer: model(nil), cause: .meaningModelUnknown),
    ]

    @Test(arguments: credentialRows + serviceRows + modelRows)
    func everyAnswerHasItsExplanation(_ row: Row) {
        let explanation = ScoringExplanation(answer: row.answer, sent: row.sent)
        #expect(explanation.sentences.first == .init(role: .cause, key: row.cause))
        #expect(explanation.sentences.filter { $0.role == .cause }.count == 1)
        for key in row.ruledOut { #expect(explanation.sentences.contains(.init(role: .ruledOut, key: key)), "\(key)") }
        for label in row.steps { #expect(explanation.steps.contains { $0.key?.label == label }, "\(label)") }
        #expect(row.answer.status == 200 || row.answer.status == 307 || !explanation.steps.isEmpty)
        for language in Language.allCases {
            let words = AnswerSamples.context(Size(width: 80, height: 24), language).words(of: explanation)
            #expect(!words.contains(/\{[a-zA-Z]+\}/), "\(words)")
            for fact in row.facts { #expect(words.contains(fact), "\(fact): \(words)") }
        }
    }

    @Test func noTwoRowsSayTheSame() {
        let causes = (Self.credentialRows + Self.serviceRows + Self.modelRows).map(\.cause)
        #expect(Set(causes).count == causes.count)
    }

    struct Failure: Sendable, CustomTestStringConvertible {
        var name: String
        var kind: AzureError.Kind
        var sent: SentPayload = AnswerSamples.sent()
        var cause: TextKey
        var other: TextKey?

        var testDescription: String { name }
    }

    static let failures: [Failure] = [
        Failure(
            name: "gave up before the deployment",
            kind: .timedOut(after: .seconds(2)),
            sent: AnswerSamples.sent(clientTimeout: .seconds(2)),
            cause: .meaningTimedOut,
            other: .meaningGaveUpEarly
        ),
        Failure(
            name: "no 408 came",
            kind: .timedOut(after: .seconds(60)),
            sent: AnswerSamples.sent(clientTimeout: .seconds(60)),
            cause: .meaningTimedOut,
            other: .meaningNoRefusal
        ),
        Failure(name: "cancelled", kind: .cancelled, cause: .meaningCancelled),
        Failure(name: "lost", kind: .unreachable(.closedEarly), cause: .meaningLost, other: .meaningMayGoOn),
        Failure(name: "proxy", kind: .unreachable(.refusedByProxy), cause: .meaningProxy, other: .meaningNothingSent),
        Failure(name: "host", kind: .unreachable(.nameNotFound), cause: .meaningUnreachable),
        Failure(
            name: "private",
            kind: .unreachable(.noRoute),
            sent: AnswerSamples.sent(isPrivate: true),
            cause: .meaningPrivateOnly
        ),
        Failure(name: "certificate", kind: .untrustedCertificate(.unknownAuthority), cause: .meaningCertificate),
        Failure(name: "plain", kind: .insecureTransport(host: "h"), cause: .meaningPlainHTTP),
        Failure(name: "elsewhere", kind: .tokenForOtherHost(host: "h"), cause: .meaningOtherHost),
        Failure(name: "read-only", kind: .readOnly(method: "POST"), cause: .meaningReadOnly),
        Failure(name: "garbage", kind: .malformedAnswer(.empty), cause: .meaningMalformed),
        Failure(name: "no credential", kind: .forbidden(action: nil, scope: nil), cause: .meaningNoCredentialToSend),
    ]

    @Test(arguments: failures)
    func everyFailureHasItsExplanation(_ row: Failure) {
        let explanation = ScoringExplanation(error: AzureError(row.kind, operation: .scoring), sent: row.sent)
        #expect(explanation.sentences.first == .init(role: .cause, key: row.cause))
        if let other = row.other { #expect(explanation.sentences.contains { $0.key == other }) }
        for language in Language.allCases {
            let words = AnswerSamples.context(Size(width: 80, height: 24), language).words(of: explanation)
            #expect(!words.contains(/\{[a-zA-Z]+\}/), "\(words)")
        }
    }

    @Test func aClientThatWaitsLongerThanTheDeploymentIsWarned() {
        let explanation = ScoringExplanation(
            answer: AnswerSamples.result,
            sent: AnswerSamples.sent(clientTimeout: .seconds(60))
        )
        #expect(explanation.sentences.contains(.init(role: .warning, key: .meaningTimeoutLonger)))
        let even = ScoringExplanation(answer: AnswerSamples.result, sent: AnswerSamples.sent())
        #expect(even.sentences == [.init(role: .cause, key: .meaningOk)])
    }

    @Test func bandwidthDelaysAndEmptyBodiesAreSaid() {
        let answer = AnswerSamples.answer(
            200,
            by: "blue",
            trailers: ["ms-azureml-bandwidth-request-delay-ms": "120", "ms-azureml-bandwidth-response-delay-ms": "0"]
        )
        let explanation = ScoringExplanation(answer: answer, sent: AnswerSamples.sent())
        #expect(explanation.sentences.map(\.key) == [.meaningOk, .meaningDelayed, .meaningEmpty])
        let words = AnswerSamples.context(Size(width: 80, height: 24)).words(of: explanation)
        #expect(words.contains("120 ms"))
    }

    /// What the other side calls itself does not end up in a line somebody pastes into a shell.
    @Test func hostileNamesStayOutOfCommands() {
        let answer = AnswerSamples.answer(424, model: 500, by: "green; rm -rf /")
        let explanation = ScoringExplanation(answer: answer, sent: AnswerSamples.sent())
        for step in explanation.steps { #expect(step.command?.contains("rm") != true) }
        #expect(explanation.steps.contains { $0.command?.hasSuffix("-n DEPLOYMENT") == true })
    }
}
