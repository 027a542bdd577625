/// What the log says of a request that a client really made.
final class ServedRequest: Sendable {
    let facts: Facts

    init(_ facts: Facts) {
        self.facts = facts
    }

    /// Columns of `AmlOnlineEndpointTrafficLog` by their own names; durations in milliseconds, sizes in bytes.
    struct Facts: Sendable {
        var startTicks: Int64
        var method: String
        /// Below the endpoint: `/score`.
        var path: String
        var responseCode: Int32 = 0
        var responseCodeReason = ""
        var modelStatusCode: Int32?
        var modelStatusReason = ""
        var requestPayloadSize: Int32 = 0
        var responsePayloadSize: Int32 = 0
        var userAgent = ""
        var requestID: String
        var clientRequestID = ""
        var totalDuration: Int32 = 0
        var requestDuration: Int32 = 0
        var responseDuration: Int32 = 0
        var requestThrottlingDelay: Int32 = 0
        var responseThrottlingDelay: Int32 = 0
        var identity = ""
        /// Index into the endpoint's deployments; -1 when none was reached.
        var deployment: Int16 = -1
        /// What the scoring script raised, for the log of its container.
        var exception: String?
        /// Whether it named its deployment; such a request is not mirrored.
        var isPinned = false
    }

    /// The row, with what else is told from a row: the nearest outcome for its wording, a number for its decimals.
    func row(arrivingAt arrivalTicks: Int64) -> TrafficRow {
        TrafficRow(
            ticks: facts.startTicks,
            arrivalTicks: arrivalTicks,
            random: SeededRandom.mix(UInt64(name: facts.requestID)),
            totalMilliseconds: facts.totalDuration,
            requestMilliseconds: facts.requestDuration,
            responseMilliseconds: facts.responseDuration,
            requestBytes: facts.requestPayloadSize,
            responseBytes: facts.responsePayloadSize,
            deployment: facts.deployment,
            caller: 0,
            outcome: facts.responseCode < 300 ? .success : facts.modelStatusCode == nil ? .serverError : .modelError,
            served: self
        )
    }
}
