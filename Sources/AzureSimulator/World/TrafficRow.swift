/// One scoring request, as small as it can be kept; what is not here follows from `random`.
struct TrafficRow: Sendable {
    /// When the request began, in tenths of a microsecond since 1970.
    var ticks: Int64
    /// When Log Analytics has the row.
    var arrivalTicks: Int64
    var random: UInt64
    var totalMilliseconds: Int32
    var requestMilliseconds: Int32
    var responseMilliseconds: Int32
    var requestBytes: Int32
    var responseBytes: Int32
    /// Index into the endpoint's deployments; -1 when none was reached.
    var deployment: Int16
    /// Index into `World.callers`.
    var caller: UInt8
    var outcome: Outcome
    /// What is known of it when a client really made it; `nil` for the world's own.
    var served: ServedRequest?

    var responseCode: Int32 { served?.facts.responseCode ?? outcome.responseCode }
    var modelStatusCode: Int32? { served.map(\.facts.modelStatusCode) ?? outcome.modelStatusCode }
    var reachesDeployment: Bool { served == nil ? outcome.reachesDeployment : deployment >= 0 }

    /// The service's own id of the request.
    var requestID: String {
        served?.facts.requestID
            ?? GUID.text(SeededRandom.mix(random), SeededRandom.mix(random ^ 0x5bd1_e995))
    }

    /// What the caller sent as `x-ms-client-request-id`; most send nothing.
    func clientRequestID(_ caller: World.Caller) -> String {
        if let served { return served.facts.clientRequestID }
        return caller.sendsRequestIDs
            ? "\(caller.name)-\(GUID.hex(SeededRandom.mix(random ^ 0xc2b2_ae35) >> 16, 12))" : ""
    }
}
