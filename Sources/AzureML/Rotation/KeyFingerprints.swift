/// The fingerprints of both keys of an endpoint, read together.
public struct KeyFingerprints: Hashable, Sendable {
    public var primary: KeyFingerprint
    public var secondary: KeyFingerprint

    public init(primary: KeyFingerprint, secondary: KeyFingerprint) {
        self.primary = primary
        self.secondary = secondary
    }

    public subscript(slot: KeySlot) -> KeyFingerprint {
        switch slot {
        case .primary: primary
        case .secondary: secondary
        }
    }
}
