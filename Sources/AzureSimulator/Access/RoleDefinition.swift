/// A role: what it allows (API.md h).
struct RoleDefinition: Sendable {
    struct Permission: Sendable {
        var actions: [String] = []
        var notActions: [String] = []
        var dataActions: [String] = []
        var notDataActions: [String] = []

        /// Whether one of the actions matches and none of the exceptions of this same entry.
        func allows(_ action: String) -> Bool {
            let action = action.lowercased()
            return actions.contains { ActionPattern($0).matches(action) }
                && !notActions.contains { ActionPattern($0).matches(action) }
        }
    }

    /// The GUID it is known by.
    let id: String
    let name: String
    let description: String
    var isBuiltIn = true
    /// Where it can be assigned.
    var scopes = ["/"]
    let permissions: [Permission]

    func allows(_ action: String) -> Bool { permissions.contains { $0.allows(action) } }
}

/// An action with `*` for any run of characters, slashes among them; compared without regard to case.
struct ActionPattern: Sendable {
    private let pieces: [[UInt8]]

    init(_ text: String) {
        pieces = text.lowercased().utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(
            Array.init
        )
    }

    /// Whether the action, in lower case, is one of those.
    func matches(_ action: String) -> Bool {
        let bytes = Array(action.utf8)
        guard let first = pieces.first, let last = pieces.last, bytes.starts(with: first) else { return false }
        guard pieces.count > 1 else { return bytes.count == first.count }
        var rest = bytes.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() {
            guard let range = rest.firstRange(of: piece) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
    }
}
