public import HTTPTypes

/// How long each phase of one exchange took, by a clock that never goes back.
///
/// The phases follow each other and have no gaps; one that was not measured, or that did not happen, is nil.
public struct TransferTimings: Hashable, Sendable {
    /// Finding the host's address.
    public var resolve: Duration?
    /// Until the connection stood.
    public var connect: Duration?
    /// Until both sides could talk in secret (TLS); nil over plain HTTP too.
    public var secure: Duration?
    /// Until the last byte of the request was handed over.
    public var send: Duration?
    /// From there to the first byte of the answer.
    public var firstByte: Duration?
    /// From there to the last byte read.
    public var receive: Duration?
    /// All of it.
    public var total: Duration
    /// Whether the connection stood already: the first three phases are nil then.
    public var isReused: Bool

    public init(
        resolve: Duration? = nil,
        connect: Duration? = nil,
        secure: Duration? = nil,
        send: Duration? = nil,
        firstByte: Duration? = nil,
        receive: Duration? = nil,
        total: Duration = .zero,
        isReused: Bool = false
    ) {
        self.resolve = resolve
        self.connect = connect
        self.secure = secure
        self.send = send
        self.firstByte = firstByte
        self.receive = receive
        self.total = total
        self.isReused = isReused
    }
}

/// What happens while an exchange is under way, in this order.
public enum TransferProgress: Hashable, Sendable {
    case resolved
    case connected
    case secured
    case sent
    case head(status: Int, HTTPFields)
    /// More of the body, as it came.
    case part([UInt8])
}
