package import AzureCore
package import AzureML

/// One endpoint's scoring form: where a payload goes, how, the payload itself, and what came back.
///
/// There is no credential in it, only which one is wanted.
package struct ScoringForm: Equatable, Sendable {
    /// What takes the keys, in the order that Tab goes.
    package enum Part: Int, CaseIterable, Sendable {
        case deployment, credential, path, contentType, headers, timeout, body, answer
    }

    package let endpoint: ResourceID
    package var part = Part.body
    /// The deployment that is asked for, past the traffic rules; nil for the traffic rules.
    package var pinned: String?
    package var credential: ScoringCredential
    /// Where the path differs from the scoring URI's own.
    package var path: Prompt
    package var contentType: Prompt
    package var headers: [PayloadFile.Header] = []
    /// In seconds.
    package var timeout: Prompt
    package var body = ScoringBody()
    package var answer = AnswerPanel()
    /// What lies over the form and takes the keys first.
    package var overlay: ScoringOverlay?
    /// What the comparison was opened over.
    var suspended: ScoringOverlay?
    /// The repetition that is out; nil while none is.
    package var repetition: Int?
    /// The request that is out; nil while none is.
    package var run: ScoringRun?
    /// Answers of this form by the order they came, the latest last, to be compared; two at most.
    package var answers: [ComparedAnswer] = []
    /// The body that got a 2xx here last.
    package var proven: ProvenBody?
    /// The file it came from or went to.
    package var file: String?
    /// Whether anything was typed since it was loaded, saved or sent.
    package var isDirty = false
    /// Whether it was said that the credential may travel unencrypted to this endpoint.
    package var allowsPlainHTTP = false
    /// What was looked for in the body last.
    package var search = ""
    /// Sending a body that is no JSON was asked for, and is asked for once more.
    var invalidBodyRevision: Int?
    var wasLeaveAsked = false
    /// Whether the next answer is held against the one before at once.
    var comparesNext = false
    /// What waits for the answer to whether a history is kept.
    var unkept: [ScoringRecord] = []
    package var history: [ScoringRecord]?
    /// What the endpoint says of its bodies; nil until it was asked.
    package var skeleton: SchemaAnswer?

    /// An answer is waited for `timeoutSeconds` at first.
    package init(_ endpoint: ResourceID, authMode: AuthMode, path: String, timeoutSeconds: Int = 60) {
        self.endpoint = endpoint
        credential = .usual(for: authMode)
        self.path = Prompt(.scoring, text: path)
        contentType = Prompt(.scoring, text: "application/json")
        timeout = Prompt(.scoring, text: "\(timeoutSeconds)")
    }

    /// How long we wait; nil where what was typed is no number of seconds from 1 to 3 600.
    package var timeoutSeconds: Int? { Int(timeout.text).flatMap { (1...3_600).contains($0) ? $0 : nil } }

    /// By how much we wait longer than a deployment may take.
    static let timeoutMarginSeconds = 5

    package var isRunning: Bool { run != nil || repetition != nil }

    mutating func add(_ answer: ComparedAnswer) {
        answers = answers.suffix(1) + [answer]
    }

    /// Holds the last two answers against each other; false where there are not two.
    @discardableResult
    mutating func compareLast() -> Bool {
        guard answers.count == 2 else { return false }
        overlay = .compare(ComparePanel(first: answers[0], second: answers[1]))
        return true
    }

    /// Names of header fields that amltop sets itself.
    package static let reservedHeaders = [
        "Authorization", "Content-Type", "Content-Length", "Host", "azureml-model-deployment",
        "x-ms-client-request-id",
    ]
}

/// A request of the form that is out.
package struct ScoringRun: Equatable, Sendable {
    package var number: Int
    package var clientRequestID: String
    package var sent: SentPayload
    /// As the history keeps it.
    package var record: ScoringRecord
    package var body: [UInt8]
    package var contentType: String
}

/// A body that was answered with a success.
package struct ProvenBody: Equatable, Sendable {
    package var bytes: [UInt8]
    package var contentType: String
}

/// What came of asking an endpoint for its schema.
package enum SchemaAnswer: Equatable, Sendable {
    case waiting
    /// The body to begin with; nil where the schema tells of none.
    case skeleton(String?)
    case failed(AzureError)
}
