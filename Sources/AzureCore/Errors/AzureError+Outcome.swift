extension AzureError {
    /// Whether a request that failed so may have done its work nevertheless: it may have arrived, and no answer says what
    /// became of it.
    public var leavesOutcomeOpen: Bool {
        switch kind {
        case .timedOut, .cancelled, .malformedAnswer, .serverError: true
        case .unreachable(.reset), .unreachable(.closedEarly), .unreachable(.other): true
        default: false
        }
    }
}
