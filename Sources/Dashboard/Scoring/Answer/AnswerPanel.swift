package import AzureCore
package import AzureML
package import FoundationEssentials
internal import TerminalUI

/// What came back of a payload: how it went, what it means, and the body from every side.
package struct AnswerPanel: Equatable, Sendable {
    package enum Stage: Equatable, Sendable {
        /// Nothing was sent yet.
        case idle
        case running
        case answered
        case failed(AzureError)
        case cancelled
    }

    /// Where a tab stands: the line that keys act on, and the first one shown.
    struct Place: Equatable, Sendable {
        var cursor = 0
        var top = 0
    }

    /// A word that is looked for, and the lines it stands in as if nothing were folded.
    struct Finding: Equatable, Sendable {
        var search: TextSearch
        var lines: [Int32]
    }

    package private(set) var stage = Stage.idle
    package private(set) var sent: SentPayload?
    package private(set) var answer: ScoringAnswer?
    package private(set) var explanation: ScoringExplanation?
    private(set) var milestones = TransferMilestones()
    /// Since sending; by the last tick or the last thing that happened.
    private(set) var elapsed = Duration.zero
    var body = AnswerBody()
    var tab = AnswerTab.text
    var places: [AnswerTab: Place] = [:]
    var finding: Finding?
    /// The word for the search while it is typed.
    var prompt: Prompt?

    package init() {}

    package var isRunning: Bool { stage == .running }

    /// Whether the panel takes letters as text: its search line is open.
    package var isTyping: Bool { prompt != nil }

    // MARK: What happens

    package mutating func begin(_ sent: SentPayload) {
        self = AnswerPanel()
        self.sent = sent
        stage = .running
    }

    /// The credential that really went along, which may have been renewed for it; by Azure's clock.
    package mutating func note(credentialExpiresAt expiresAt: Date?) {
        sent?.credentialExpiresAt = expiresAt
    }

    package mutating func take(_ progress: TransferProgress, elapsed: Duration) {
        guard isRunning else { return }
        self.elapsed = max(self.elapsed, elapsed)
        milestones.take(progress, elapsed: elapsed)
        switch progress {
        case .head:
            body = AnswerBody(comingAs: progress.contentTypeOfHead)
        case .part(let bytes):
            let tabs = body.tabs
            body.append(bytes, elapsed: elapsed)
            if body.tabs != tabs { tab = body.tabs.first ?? tab }
            follow()
        case .resolved, .connected, .secured, .sent: break
        }
    }

    package mutating func finish(_ answer: ScoringAnswer) {
        guard let sent, isRunning else { return }
        stage = .answered
        self.answer = answer
        elapsed = answer.duration
        explanation = ScoringExplanation(answer: answer, sent: sent)
        let wasFollowed = !body.bytes.isEmpty
        body = AnswerBody(answer.body, contentType: answer.contentType, watched: body.stream)
        finding = nil
        prompt = nil
        guard let first = body.tabs.first else {
            tab = .meaning
            return
        }
        if !wasFollowed || !body.tabs.contains(tab) || body.kind == .json { tab = first }
        if body.kind == .json { places = [:] }
        follow()
    }

    package mutating func fail(_ error: AzureError) {
        guard let sent, isRunning else { return }
        stage = .failed(error)
        explanation = ScoringExplanation(error: error, sent: sent)
        if body.tabs.isEmpty { tab = .meaning }
        prompt = nil
    }

    package mutating func cancel() {
        guard let sent, isRunning else { return }
        stage = .cancelled
        explanation = ScoringExplanation(error: AzureError(.cancelled), sent: sent)
        if body.tabs.isEmpty { tab = .meaning }
    }

    package mutating func tick(elapsed: Duration) {
        guard isRunning else { return }
        self.elapsed = max(self.elapsed, elapsed)
    }

    /// A stream that comes is followed at its end.
    private mutating func follow() {
        guard tab == .stream || tab == .events || isRunning else { return }
        places[tab, default: Place()].cursor = max(0, body.lineCount(tab) - 1)
    }

    // MARK: Looking at it

    /// The tabs there are, in their order.
    package var tabs: [AnswerTab] {
        guard stage != .idle else { return [] }
        return body.tabs + (answer == nil ? [] : [.headers])
            + (explanation == nil ? [] : [.meaning])
    }

    /// How many lines the shown tab has; 0 for one whose lines are made when it is drawn.
    var lineCount: Int {
        tab == .headers ? answer?.headerRows.count ?? 0 : body.lineCount(tab)
    }
}

/// A line of the tab of headers.
enum HeaderRow: Equatable, Sendable {
    case heading(TextKey)
    case field(ScoringAnswer.Field)
    case blank
}

extension ScoringAnswer {
    /// What was sent to find it again by, what came before the body, and what came behind it.
    var headerRows: [HeaderRow] {
        var rows: [HeaderRow] = []
        if !clientRequestID.isEmpty {
            let id = Field(name: "x-ms-client-request-id", value: clientRequestID)
            rows += [.heading(.answerHeadersSent), .field(id), .blank]
        }
        rows.append(.heading(.answerHeadersReceived))
        rows += fields.map { .field($0) }
        if !trailers.isEmpty { rows += [.blank, .heading(.answerTrailers)] + trailers.map { .field($0) } }
        return rows
    }
}

/// When the phases of an exchange that is under way were over.
struct TransferMilestones: Equatable, Sendable {
    var resolved: Duration?
    var connected: Duration?
    var secured: Duration?
    var sent: Duration?
    var head: Duration?
    /// The status that the head told.
    var status: Int?

    mutating func take(_ progress: TransferProgress, elapsed: Duration) {
        switch progress {
        case .resolved: resolved = elapsed
        case .connected: connected = elapsed
        case .secured: secured = elapsed
        case .sent: sent = elapsed
        case .head(let status, _):
            head = elapsed
            self.status = status
        case .part: break
        }
    }
}
