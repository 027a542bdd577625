import Dashboard
import Synchronization

/// Events on their way to the terminal's thread, from any other.
final class Mailbox: Sendable {
    private let events = Mutex<[Event]>([])
    private let wake: @Sendable () -> Void

    /// `wake` is called after each delivery.
    init(wake: @escaping @Sendable () -> Void) {
        self.wake = wake
    }

    func post(_ event: Event) {
        events.withLock { $0.append(event) }
        wake()
    }

    func takeAll() -> [Event] {
        events.withLock { events in
            defer { events = [] }
            return events
        }
    }
}
