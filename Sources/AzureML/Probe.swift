/// How the container of a deployment is asked whether it is alive or ready.
public struct Probe: Hashable, Sendable {
    public var initialDelay: Duration?
    public var period: Duration?
    public var timeout: Duration?
    public var successThreshold: Int?
    public var failureThreshold: Int?

    public init(
        initialDelay: Duration? = nil,
        period: Duration? = nil,
        timeout: Duration? = nil,
        successThreshold: Int? = nil,
        failureThreshold: Int? = nil
    ) {
        self.initialDelay = initialDelay
        self.period = period
        self.timeout = timeout
        self.successThreshold = successThreshold
        self.failureThreshold = failureThreshold
    }
}
