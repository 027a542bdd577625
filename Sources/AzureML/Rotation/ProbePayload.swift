/// What is sent to a scoring URI to see whether a key is let in: chosen by the person as harmless.
public enum ProbePayload: Hashable, Sendable {
    /// `{}`: no model gets anything to work on from that, so it answers with an error of its own or with nothing.
    case emptyObject
    /// A `NAME.payload` file or a plain body.
    case file(path: String)
}
