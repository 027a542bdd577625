internal import AzureCore
package import AzureML

/// One of two answers that are held against each other.
package struct ComparedAnswer: Equatable, Sendable {
    /// What it is called beside the other one: a deployment, a time.
    package var label: String
    package var status: Int
    package var modelStatus: Int?
    package var deployment: String?
    package var isPinned: Bool
    package var duration: Duration
    package var body: [UInt8]
    /// Where the body was sent several times.
    package var statistics: ScoringStatistics?

    package init(
        label: String,
        status: Int,
        modelStatus: Int? = nil,
        deployment: String? = nil,
        isPinned: Bool = false,
        duration: Duration,
        body: [UInt8],
        statistics: ScoringStatistics? = nil
    ) {
        self.label = label
        self.status = status
        self.modelStatus = modelStatus
        self.deployment = deployment
        self.isPinned = isPinned
        self.duration = duration
        self.body = body
        self.statistics = statistics
    }

    /// One of the form's own.
    package init(_ answer: ScoringAnswer, sent: SentPayload, statistics: ScoringStatistics? = nil) {
        self.init(
            label: answer.deployment ?? sent.pinnedDeployment ?? sent.endpoint,
            status: answer.status,
            modelStatus: answer.modelStatus,
            deployment: answer.deployment,
            isPinned: sent.pinnedDeployment != nil,
            duration: answer.duration,
            body: answer.body,
            statistics: statistics
        )
    }

    /// One of the history; nil where no answer came.
    package init?(_ record: ScoringRecord) {
        guard let answer = record.answer else { return nil }
        self.init(
            label: answer.deployment ?? record.pinnedDeployment ?? record.endpoint.name,
            status: answer.status,
            modelStatus: answer.modelStatus,
            deployment: answer.deployment,
            isPinned: record.pinnedDeployment != nil,
            duration: answer.duration,
            body: answer.body
        )
    }
}
