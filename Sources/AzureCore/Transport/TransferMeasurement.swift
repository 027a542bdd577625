/// The wish that an exchange be measured and followed, on a connection of its own.
public struct TransferMeasurement: Sendable {
    /// Time since some fixed moment, never running backwards.
    let uptime: @Sendable () -> Duration
    /// Told of what happens, in order, on the thread of the connection: it must not take long.
    let progress: @Sendable (TransferProgress) -> Void
    /// Where the connection waits for the next exchange; nil for a new one that is closed behind its answer.
    let keeper: ConnectionKeeper?

    /// - Parameters:
    ///   - uptime: The clock to measure by.
    ///   - keeper: Keeps the connection for the next exchange.
    ///   - progress: Told of what happens, in order; it must not take long.
    public init(
        uptime: @escaping @Sendable () -> Duration,
        keeper: ConnectionKeeper? = nil,
        progress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) {
        self.uptime = uptime
        self.keeper = keeper
        self.progress = progress
    }
}
