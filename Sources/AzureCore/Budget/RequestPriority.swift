/// How soon a request is wanted, least first; it decides who goes next where requests have to wait.
public enum RequestPriority: Int, Hashable, Sendable, Comparable, CaseIterable {
    /// What nobody looks at.
    case background
    /// What is on the screen.
    case visible
    /// What somebody waits for: a key was pressed, a command runs.
    case essential

    public static func < (left: RequestPriority, right: RequestPriority) -> Bool { left.rawValue < right.rawValue }
}
