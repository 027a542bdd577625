import JSONValue

/// Numbers or texts, never both, to put things in order by.
struct SortKeys {
    private var numbers: [ExactNumber] = []
    private var texts: [ExactText] = []

    /// Whether the value could be taken: a number or a text, of the same type as those before it.
    mutating func append(_ value: JSONValue) -> Bool {
        switch value {
        case .number(let number) where texts.isEmpty: numbers.append(ExactNumber(number: number))
        case .string(let text) where numbers.isEmpty: texts.append(ExactText(text: text))
        default: return false
        }
        return true
    }

    /// The places of the keys from the least to the greatest; equal ones stay in their order.
    func order() -> [Int] {
        texts.isEmpty ? Self.order(of: numbers) : Self.order(of: texts)
    }

    /// The place of the greatest, the first of several; nil without any.
    func greatest() -> Int? {
        texts.isEmpty ? Self.first(in: numbers, >) : Self.first(in: texts, >)
    }

    /// The place of the least, the first of several; nil without any.
    func least() -> Int? {
        texts.isEmpty ? Self.first(in: numbers, <) : Self.first(in: texts, <)
    }

    private static func order<Key: Comparable>(of keys: [Key]) -> [Int] {
        keys.indices.sorted { left, right in
            if keys[left] < keys[right] { return true }
            return left < right && !(keys[right] < keys[left])
        }
    }

    private static func first<Key: Comparable>(in keys: [Key], _ precedes: (Key, Key) -> Bool) -> Int? {
        guard var best = keys.indices.first else { return nil }
        for index in keys.indices where precedes(keys[index], keys[best]) { best = index }
        return best
    }
}
