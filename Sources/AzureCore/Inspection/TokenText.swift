import JSONValue

/// Finds the token in what somebody pastes: a header, a quoted text, the answer of `az` or of a token service.
public struct TokenText: Hashable, Sendable {
    /// What stood around the token.
    public enum Wrapping: Hashable, Sendable {
        case bearer
        case quotes
        /// A JSON object; carries the name of the member that held the token.
        case json(member: String)
    }

    public var token: Secret
    /// From the outside in.
    public var wrappings: [Wrapping]

    /// The names under which answers hold a token, the most telling first.
    private static let members = ["accessToken", "access_token", "token", "id_token", "refresh_token", "assertion"]
    /// Nothing sensible is wrapped deeper.
    private static let mostWrappings = 6

    /// Takes off what surrounds the token; what is no wrapping is left as it is.
    public init(_ text: String) {
        var rest = text.trimmingSpace
        var wrappings: [Wrapping] = []
        while wrappings.count < Self.mostWrappings, let (inner, wrapping) = Self.unwrapped(rest) {
            rest = inner.trimmingSpace
            wrappings.append(wrapping)
        }
        token = Secret(rest)
        self.wrappings = wrappings
    }

    private static func unwrapped(_ text: String) -> (String, Wrapping)? {
        if let rest = withoutPrefix(text, "authorization:") { return (rest, .bearer) }
        if let rest = withoutPrefix(text, "bearer ") { return (rest, .bearer) }
        if text.utf8.count >= 2, let quote = text.first, "'\"`".contains(quote), text.last == quote {
            return (String(text.dropFirst().dropLast()), .quotes)
        }
        guard text.hasPrefix("{"), let object = try? JSONValue.parse(text) else { return nil }
        for member in members {
            if let inner = object[member]?.stringValue, !inner.isEmpty { return (inner, .json(member: member)) }
        }
        return nil
    }

    /// Without regard to letter case; nil where it does not begin so.
    private static func withoutPrefix(_ text: String, _ prefix: String) -> String? {
        guard text.prefix(prefix.count).lowercased() == prefix else { return nil }
        return text.dropFirst(prefix.count).trimmingSpace
    }
}
