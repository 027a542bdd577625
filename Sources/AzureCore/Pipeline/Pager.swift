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

/// A list that arrives in pages, each asked for when the one before has been taken.
///
/// Iterating throws `AzureError`. A list whose links lead in a circle ends with `.malformedAnswer`.
public struct Pager<Item: Sendable>: AsyncSequence, Sendable {
    public typealias Element = Page<Item>

    /// The page at a mark (nil for the first one) and the mark of the next, nil behind the last. A mark is whatever the
    /// service gives: an address, a token.
    typealias Fetch = @Sendable (String?) async throws -> (items: [Item], next: String?)

    private let fetch: Fetch

    init(fetch: @escaping Fetch) {
        self.fetch = fetch
    }

    /// Pages that are there already, for previews and tests.
    public init(pages: [[Item]]) {
        fetch = { mark in
            let index = mark.flatMap { Int($0) } ?? 0
            return (pages.isEmpty ? [] : pages[index], index + 1 < pages.count ? String(index + 1) : nil)
        }
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(fetch: fetch)
    }

    public struct Iterator: AsyncIteratorProtocol {
        private var mark: String?
        private var isAtEnd = false
        private var seen: Set<String> = []
        private let fetch: Fetch

        init(fetch: @escaping Fetch) {
            self.fetch = fetch
        }

        public mutating func next() async throws -> Page<Item>? {
            guard !isAtEnd else { return nil }
            isAtEnd = true
            if let mark, !seen.insert(mark).inserted {
                throw AzureError(.malformedAnswer(.unexpectedShape(field: "nextLink")))
            }
            let (items, next) = try await fetch(mark)
            mark = next
            isAtEnd = next == nil
            return Page(items: items, isLast: isAtEnd)
        }
    }

    /// All items of all pages.
    public func all() async throws -> [Item] {
        var items: [Item] = []
        for try await page in self { items += page.items }
        return items
    }
}
