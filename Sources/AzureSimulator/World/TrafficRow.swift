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

    /// The service's own id of the request.
    var requestID: String {
        GUID.text(SeededRandom.mix(random), SeededRandom.mix(random ^ 0x5bd1_e995))
    }

    /// What the caller sent as `x-ms-client-request-id`; most send nothing.
    func clientRequestID(_ caller: World.Caller) -> String {
        caller.sendsRequestIDs ? "\(caller.name)-\(GUID.hex(SeededRandom.mix(random ^ 0xc2b2_ae35) >> 16, 12))" : ""
    }
}
