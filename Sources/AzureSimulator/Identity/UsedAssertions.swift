import FoundationEssentials
import Synchronization

/// The unique ids of assertions that have been used, each until it lapses: none is good for two assertions.
///
/// The same assertion may come again: Azure's own SDKs keep one for as long as it holds.
final class UsedAssertions: Sendable {
    private let uses = Mutex<[String: (assertion: String, end: Date)]>([:])

    /// Whether no other assertion has used the id.
    func mayUse(_ id: String, for assertion: String, until end: Date, now: Date) -> Bool {
        uses.withLock { uses in
            uses = uses.filter { $0.value.end > now }
            if let use = uses[id] { return use.assertion == assertion }
            uses[id] = (assertion, end)
            return true
        }
    }
}
