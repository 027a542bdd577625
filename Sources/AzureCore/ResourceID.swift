/// The identifier of an Azure resource.
public struct ResourceID: Sendable {
    public var text: String

    public init(_ text: String) {
        self.text = text
    }
}
