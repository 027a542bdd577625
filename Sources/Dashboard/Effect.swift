package import AzureCore
package import AzureML
package import FoundationEssentials

/// What `update` asks the world to do; one `switch` in the event loop performs them.
package enum Effect: Equatable, Sendable {
    case fetch(Request)
    /// Gives up every request that is out: nobody waits for the answers any more.
    case cancelRequests
    /// Leaves the screen, stops the process group, and paints again when it continues.
    case suspend
    /// Throws away what the terminal is believed to show and draws it all.
    case repaint
    case quit
    /// Hands a text to the clipboard: the terminal's, and the desktop's where there is one.
    case copy(String)
    case secret(SecretAction)
    /// What the rotation wizard and the journal want done.
    case rotation(RotationEffect)
    /// What the scoring form wants done.
    case scoring(ScoringEffect)
    /// Writes a workspace into the configuration file.
    case saveContext(ContextOffer)
    case signIn(SignInEffect)
}

/// One numbered question to a source.
package struct Request: Equatable, Sendable {
    package var number: Int
    package var source: Source
    /// For traffic rows and aggregates: where they are, and the start of the asked span, which the Activity Log has too.
    package var logWorkspace: LogWorkspace?
    package var from: Date?
    /// For the last operation: the URL of its status.
    package var url: String?
    /// For metrics of a region: how far back, and how many series at most.
    package var historyMinutes: Int?
    package var seriesLimit: Int?
    package var priority = RequestPriority.essential
    /// The workspace that is meant; nil for the configured one.
    package var workspace: WorkspaceAddress?
    /// For tokens: asks for a new one although the old one still lives.
    package var isRenewal = false

    package init(number: Int, source: Source) {
        self.number = number
        self.source = source
    }
}
