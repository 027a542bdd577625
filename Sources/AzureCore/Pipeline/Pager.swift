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

    /// The page at an address (nil for the first one) and the address of the next, nil behind the last.
    typealias Fetch = @Sendable (HTTPURL?) async throws -> (items: [Item], next: HTTPURL?)

    private let fetch: Fetch

    init(fetch: @escaping Fetch) {
        self.fetch = fetch
    }

    /// Pages that are there already, for previews and tests.
    public init(pages: [[Item]]) {
        fetch = { url in
            let index = url.flatMap { $0.query.flatMap { Int($0) } } ?? 0
            let next = index + 1 < pages.count ? HTTPURL("https://localhost/?\(index + 1)") : nil
            return (pages.isEmpty ? [] : pages[index], next)
        }
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(fetch: fetch)
    }

    public struct Iterator: AsyncIteratorProtocol {
        private var nextURL: HTTPURL?
        private var isAtEnd = false
        private var seen: Set<HTTPURL> = []
        private let fetch: Fetch

        init(fetch: @escaping Fetch) {
            self.fetch = fetch
        }

        public mutating func next() async throws -> Page<Item>? {
            guard !isAtEnd else { return nil }
            isAtEnd = true
            if let url = nextURL, !seen.insert(url).inserted {
                throw AzureError(.malformedAnswer(.unexpectedShape(field: "nextLink")), host: url.host)
            }
            let (items, next) = try await fetch(nextURL)
            nextURL = next
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
