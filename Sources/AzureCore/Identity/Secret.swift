/// A text that must not be seen: a key, a token, a client secret.
///
/// Printing, interpolating, dumping or debugging it shows a mask of fixed length; only `reveal()` and `withText(_:)`
/// hand out the text, so that every way out can be found by searching for them.
public struct Secret: Hashable, Sendable {
    private let text: String

    public init(_ text: String) {
        self.text = text
    }

    /// The text itself, for the one place that needs it.
    public func reveal() -> String { text }

    /// Runs `body` with the text, for uses that end with the call.
    public func withText<Result>(_ body: (String) throws -> Result) rethrows -> Result { try body(text) }

    public var isEmpty: Bool { text.isEmpty }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always the same eight bullets, so that not even the length shows.
    public var description: String { "••••••••" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
