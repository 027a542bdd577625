@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI

/// Payloads and answers at a fixed moment.
enum AnswerSamples {
    static let sentAt = Samples.now

    static func sent(
        _ endpoint: String = "fraud-scoring",
        mode: AuthMode = .key,
        kubernetes: Bool = false,
        pinned: String? = nil,
        known: [String] = ["blue", "green"],
        traffic: [String: Int]? = ["blue": 90, "green": 10],
        credential: ScoringCredential = .primary,
        secondsLeft: Double? = nil,
        uri: String? = nil,
        clientTimeout: Duration = .seconds(5),
        requestTimeout: Duration? = .seconds(5),
        limit: Int? = 4,
        isPrivate: Bool = false
    ) -> SentPayload {
        SentPayload(
            endpoint: endpoint,
            authMode: mode,
            isKubernetes: kubernetes,
            pinnedDeployment: pinned,
            knownDeployments: known,
            traffic: traffic,
            credential: credential,
            credentialExpiresAt: secondsLeft.map { sentAt.addingTimeInterval($0) },
            sentAt: sentAt,
            uri: uri ?? "https://\(endpoint).koreacentral.inference.ml.azure.com/score",
            byteCount: 142,
            clientTimeout: clientTimeout,
            requestTimeout: requestTimeout,
            concurrencyLimit: limit,
            isPublicAccessDisabled: isPrivate
        )
    }

    static let timings = TransferTimings(
        resolve: .microseconds(1_200),
        connect: .milliseconds(6),
        secure: .milliseconds(11),
        send: .microseconds(400),
        firstByte: .milliseconds(188),
        receive: .milliseconds(2),
        total: .microseconds(208_600)
    )

    static func answer(
        _ status: Int,
        _ body: String = "",
        model: Int? = nil,
        reason: String? = nil,
        by deployment: String? = nil,
        type: String? = "application/json",
        fields: KeyValuePairs<String, String> = [:],
        trailers: KeyValuePairs<String, String> = [:],
        timings: TransferTimings = timings
    ) -> ScoringAnswer {
        var answer = ScoringAnswer(
            status: status,
            modelStatus: model,
            reason: reason,
            deployment: deployment,
            requestID: "0d6c41f2-5b1e-4f6e-9d0c-2a4a1f0e8c77",
            clientRequestID: "1f3a97c2-88aa-4a55-8f01-0f7f3c2b9d10",
            body: Array(body.utf8),
            sentByteCount: 142,
            timings: timings
        )
        if let type { answer.set(fields: ["content-type": type]) }
        answer.set(fields: fields, trailers: trailers)
        return answer
    }

    static let result = answer(
        200,
        #"{"result": [{"id": "tx-1", "score": 0.031, "label": "ok"}, {"id": "tx-2", "score": 0.974, "label": "#
            + #""fraud"}], "model": {"name": "fraud", "version": 12}, "probabilities": [[0.969, 0.031], [0.026, 0.974]], "#
            + #""note": "\ud55c\uad6d\uc5b4 \u2713", "explanations": null}"#,
        by: "blue",
        fields: ["azureml-model-deployment": "blue", "x-ms-run-fn-exec-ms": "12.925"]
    )

    static let modelFailed = answer(
        424,
        #"{"message": "An unexpected error occurred in scoring script. Check the logs for more info."}"#,
        model: 500,
        reason: "model_error",
        by: "green",
        fields: ["azureml-model-deployment": "green", "ms-azureml-model-error-statuscode": "500"]
    )

    static let refused = answer(401, "key_auth_access_denied", type: "text/plain")
    static let tooSlow = answer(
        408,
        by: "blue",
        type: nil,
        timings: TransferTimings(firstByte: .milliseconds(5_003), total: .milliseconds(5_003), isReused: true)
    )

    /// A picture of one pixel, and some bytes that are no text.
    static var image: ScoringAnswer {
        var answer = answer(200, by: "blue", type: "image/png")
        answer.body = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52]
        answer.body += (0..<100).map { UInt8(truncatingIfNeeded: $0 * 37) }
        return answer
    }

    static let chunks = ["An online", " endpoint answers", " requests as they come:\n", "사람이 읽는 ", "문장입니다."]

    static var events: [String] {
        chunks.enumerated().map { index, text in
            let escaped = text.replacing("\n", with: "\\n")
            return #"data: {"id": "c\#(index)", "choices": [{"delta": {"content": "\#(escaped)"}}]}"# + "\n\n"
        } + [#"data: {"choices": [{"delta": {}, "finish_reason": "stop"}]}"# + "\n\n", "data: [DONE]\n\n"]
    }

    static var stream: ScoringAnswer {
        answer(200, events.joined(), by: "v3", type: "text/event-stream; charset=utf-8")
    }

    /// A panel that has got its answer.
    static func panel(_ answer: ScoringAnswer, _ sent: SentPayload = sent()) -> AnswerPanel {
        var panel = AnswerPanel()
        panel.begin(sent)
        panel.finish(answer)
        return panel
    }

    static func context(_ size: Size, _ language: Language = .english) -> ViewContext {
        var state = Samples.state(size)
        state.language = language
        return ViewContext(state: state, texts: Catalogue(language), layout: HomeLayout(state))
    }

    /// The panel alone on a screen.
    static func frame(
        _ width: Int,
        _ height: Int,
        _ language: Language = .english,
        draw: (ViewContext, Rect, inout CellBuffer) -> Void
    ) -> CellBuffer {
        let size = Size(width: width, height: height)
        var frame = CellBuffer(size: size)
        draw(context(size, language), frame.area, &frame)
        return frame
    }
}

extension ViewContext {
    /// All that an explanation says, as one text.
    func words(of explanation: ScoringExplanation) -> String {
        explanationLines(explanation, width: 10_000).map { $0.map(\.text).joined() }.joined(separator: "\n")
    }
}
