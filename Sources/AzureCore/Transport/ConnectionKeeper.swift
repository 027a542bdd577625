import NIOCore
import Synchronization

/// A place for one connection between two exchanges of the same caller.
///
/// What is kept is closed by `close()`, or with the last reference to this.
public final class ConnectionKeeper: Sendable {
    private let kept = Mutex<MeasuredConnection?>(nil)

    public init() {}

    deinit {
        close()
    }

    /// Closes what is kept, at once.
    public func close() {
        let connection = kept.withLock { kept in
            defer { kept = nil }
            return kept
        }
        connection?.close()
    }

    /// The connection to an origin, no longer kept; one to elsewhere is closed.
    func take(to origin: String) -> MeasuredConnection? {
        let connection = kept.withLock { kept in
            defer { kept = nil }
            return kept
        }
        guard let connection, connection.origin == origin, connection.channel.isActive else {
            connection?.close()
            return nil
        }
        return connection
    }

    func keep(_ connection: MeasuredConnection) {
        let former = kept.withLock { kept in
            defer { kept = connection }
            return kept
        }
        former?.close()
    }
}
