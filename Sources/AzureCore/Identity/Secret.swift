/// A text that must not be seen: a key, a token, a client secret.
///
/// Printing, interpolating, dumping or debugging it shows a mask of fixed length; only `reveal()` and `withText(_:)`
/// hand out the text, so that every way out can be found by searching for them.
///
/// All copies share one place in memory, which is overwritten with zeros when the last of them goes. Swift promises
/// nothing for what is made from it: the text that `reveal()` and `withText(_:)` hand out, the text it was made of, and
/// what became of them in requests and answers are ordinary memory, freed but not overwritten.
public struct Secret: Hashable, Sendable {
    private let storage: SecretStorage

    public init(_ text: String) {
        storage = SecretStorage(text)
    }

    /// The text itself, for the one place that needs it.
    public func reveal() -> String { storage.text }

    /// Runs `body` with the text, for uses that end with the call.
    public func withText<Result>(_ body: (String) throws -> Result) rethrows -> Result { try body(storage.text) }

    public var isEmpty: Bool { storage.count == 0 }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The same eight bullets for every secret, so that not even the length shows.
    public static let mask = "••••••••"

    public var description: String { Self.mask }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
