import Synchronization

/// Something that happened, once and for all.
final class Flag: Sendable {
    private let value = Atomic(false)

    func raise() {
        value.store(true, ordering: .releasing)
    }

    var isRaised: Bool { value.load(ordering: .acquiring) }
}
