package import AzureML
package import FoundationEssentials

/// What `update` asks the world to do; one `switch` in the event loop performs them.
package enum Effect: Equatable, Sendable {
    case fetch(Request)
    /// Leaves the screen, stops the process group, and paints again when it continues.
    case suspend
    /// Throws away what the terminal is believed to show and draws it all.
    case repaint
    case quit
    /// Hands a text to the clipboard: the terminal's, and the desktop's where there is one.
    case copy(String)
}

/// One numbered question to a source.
package struct Request: Equatable, Sendable {
    package var number: Int
    package var source: Source
    /// For traffic rows and aggregates: where they are, and the start of the asked span.
    package var logWorkspace: LogWorkspace?
    package var from: Date?
    /// For the last operation: the URL of its status.
    package var url: String?
    /// For tokens: asks for a new one although the old one still lives.
    package var isRenewal = false

    package init(number: Int, source: Source) {
        self.number = number
        self.source = source
    }
}
