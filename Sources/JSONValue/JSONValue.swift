/// A JSON value that keeps the order of its members.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case string(String)
}
