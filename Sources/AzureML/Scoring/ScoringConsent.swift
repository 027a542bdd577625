/// Whether what is sent is kept in the scoring history: asked once, never assumed.
public enum ScoringConsent: String, Hashable, Sendable, CaseIterable {
    /// Nobody was asked yet; nothing is kept until then.
    case unasked
    case no
    /// Times, statuses, sizes and headers, without what was sent and what came back.
    case withoutBodies = "without_bodies"
    case withBodies = "with_bodies"
}
