/// Some items of a list, as many as the service chose to send at once.
public struct Page<Item: Sendable>: Sendable {
    /// Possibly none, even on a page that is not the last.
    public var items: [Item]
    public var isLast: Bool

    public init(items: [Item], isLast: Bool) {
        self.items = items
        self.isLast = isLast
    }
}
