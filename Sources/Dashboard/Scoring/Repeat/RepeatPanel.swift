package import AzureCore
internal import AzureML
package import TerminalUI

/// Sending the same body several times: how often, whether that is meant, and what comes of it.
package struct RepeatPanel: Equatable, Sendable {
    package enum Stage: Equatable, Sendable {
        /// How often, and how many at once.
        case planning
        /// The question before it begins; it grows with the number of requests.
        case confirming(Confirmation)
        case running
        case over
        /// It could not begin: there is no credential to send, or scoring is not allowed.
        case failed(AzureError)
    }

    /// What has to be done to begin.
    package enum Confirmation: Equatable, Sendable {
        /// `y`.
        case yes
        /// The endpoint's name.
        case name
    }

    package enum Field: Hashable, Sendable { case count, parallel }

    /// Up to this many requests, Enter is enough.
    package static let fewRequests = 10
    /// Up to this many, `y` is.
    package static let someRequests = 100
    /// How many points the line of latencies keeps.
    static let mostPoints = 120

    package private(set) var plan: RepeatPlan
    package let endpoint: String
    package let isProduction: Bool
    package private(set) var stage = Stage.planning
    package private(set) var report: RepeatReport?
    private(set) var field = Field.count
    private(set) var countPrompt: Prompt
    private(set) var parallelPrompt: Prompt
    private(set) var namePrompt = Prompt(.search)
    private(set) var isNameWrong = false
    /// Of each lane the mean of what came with each report, in milliseconds.
    private(set) var latencies: [[Double?]]
    private(set) var isStopping = false

    package init(plan: RepeatPlan, endpoint: String, isProduction: Bool = false) {
        self.plan = plan
        self.endpoint = endpoint
        self.isProduction = isProduction
        countPrompt = Prompt(.search, text: "\(plan.count)")
        parallelPrompt = Prompt(.search, text: "\(plan.parallel)")
        latencies = plan.lanes.map { _ in [] }
    }

    package var isRunning: Bool { stage == .running }

    /// What has to be done before it begins; nil where Enter is enough.
    package var confirmation: Confirmation? {
        if isProduction || plan.requestCount > Self.someRequests { return .name }
        return plan.requestCount > Self.fewRequests ? .yes : nil
    }

    /// What is wrong with a field.
    var wrongField: Field? {
        guard let count = Int(countPrompt.text), (1...RepeatPlan.mostRequests).contains(count) else { return .count }
        guard let parallel = Int(parallelPrompt.text), (1...RepeatPlan.mostParallel).contains(parallel) else {
            return .parallel
        }
        return nil
    }

    package mutating func take(_ report: RepeatReport) {
        guard isRunning else { return }
        for (lane, statistics) in report.perLane.enumerated() where latencies.indices.contains(lane) {
            let before = self.report.flatMap { $0.perLane.indices.contains(lane) ? $0.perLane[lane] : nil }
            guard let mean = Self.mean(of: statistics, since: before) else { continue }
            latencies[lane].append(mean)
            if latencies[lane].count > Self.mostPoints { latencies[lane].removeFirst() }
        }
        self.report = report
        if report.isOver { stage = .over }
    }

    /// It could not even begin.
    package mutating func fail(_ error: AzureError) {
        guard isRunning else { return }
        stage = .failed(error)
    }

    /// The mean of the answers that came since, in milliseconds.
    private static func mean(of now: ScoringStatistics, since before: ScoringStatistics?) -> Double? {
        let count = now.sampleCount - (before?.sampleCount ?? 0)
        guard count > 0, let mean = now.mean else { return nil }
        let total = mean * now.sampleCount - (before.flatMap { old in old.mean.map { $0 * old.sampleCount } } ?? .zero)
        return max(0, total / .milliseconds(1)) / Double(count)
    }

    // MARK: Keys

    /// Takes a key; nil for one that is not the panel's.
    package mutating func take(_ key: Key) -> RepeatAction? {
        switch stage {
        case .planning: return takePlanning(key)
        case .confirming(let confirmation): return takeConfirming(key, confirmation)
        case .running:
            guard [.escape, .character("s")].contains(key) else { return nil }
            isStopping = true
            return .stop
        case .over, .failed: return takeOver(key)
        }
    }

    private mutating func takePlanning(_ key: Key) -> RepeatAction? {
        switch key {
        case .escape: return .close
        case .tab, .backTab, .up, .down: field = field == .count ? .parallel : .count
        case .enter: return proceed()
        default:
            // Only digits are text here.
            if case .character(let letter) = key, !letter.isASCII || !letter.isNumber { return nil }
            let isTaken = field == .count ? countPrompt.take(key) : parallelPrompt.take(key)
            guard isTaken else { return nil }
            takeNumbers()
        }
        return .handled
    }

    private mutating func takeNumbers() {
        if let count = Int(countPrompt.text) { plan.count = max(1, min(count, RepeatPlan.mostRequests)) }
        if let parallel = Int(parallelPrompt.text) { plan.parallel = max(1, min(parallel, RepeatPlan.mostParallel)) }
    }

    private mutating func proceed() -> RepeatAction {
        if let wrong = wrongField {
            field = wrong
            return .handled
        }
        guard let confirmation else { return begin() }
        stage = .confirming(confirmation)
        namePrompt = Prompt(.search)
        isNameWrong = false
        return .handled
    }

    private mutating func takeConfirming(_ key: Key, _ confirmation: Confirmation) -> RepeatAction? {
        if key == .escape {
            stage = .planning
            return .handled
        }
        switch confirmation {
        case .yes: return key == .character("y") ? begin() : nil
        case .name:
            if key == .enter {
                guard namePrompt.text == endpoint else {
                    isNameWrong = true
                    return .handled
                }
                return begin()
            }
            isNameWrong = false
            return namePrompt.take(key) ? .handled : nil
        }
    }

    private mutating func begin() -> RepeatAction {
        stage = .running
        isStopping = false
        report = nil
        latencies = plan.lanes.map { _ in [] }
        return .start(plan)
    }

    private mutating func takeOver(_ key: Key) -> RepeatAction? {
        switch key {
        case .escape, .enter: return .close
        case .character("r"):
            stage = .planning
            return .handled
        case .character("c"):
            let answers = comparedAnswers
            return answers.count == 2 ? .compare(answers[0], answers[1]) : nil
        default: return nil
        }
    }

    /// The latest answer of each lane with the lane's figures.
    private var comparedAnswers: [ComparedAnswer] {
        guard let report else { return [] }
        return report.samples.enumerated().compactMap { lane, sample in
            guard let sample, report.perLane.indices.contains(lane), plan.lanes.indices.contains(lane) else {
                return nil
            }
            return ComparedAnswer(
                label: plan.lanes[lane] ?? sample.deployment ?? endpoint,
                status: sample.status,
                modelStatus: sample.modelStatus,
                deployment: sample.deployment,
                isPinned: plan.lanes[lane] != nil,
                duration: sample.duration,
                body: sample.body,
                statistics: report.perLane[lane]
            )
        }
    }
}

/// What the panel asks of the form.
package enum RepeatAction: Equatable, Sendable {
    case handled
    case start(RepeatPlan)
    case stop
    /// Two lanes against each other, with their figures.
    case compare(ComparedAnswer, ComparedAnswer)
    case close
}
