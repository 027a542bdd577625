package import AzureML
package import TerminalUI

/// What lies over the scoring form.
package enum ScoringOverlay: Equatable, Sendable {
    /// Where a body comes from.
    case sources(selected: Int)
    /// Files to load; nil while they are looked for.
    case files([PayloadEntry]?, selected: Int, path: Prompt)
    case save(path: Prompt, overwrites: Bool)
    case saveAnswer(path: Prompt, overwrites: Bool)
    /// A curl line that is being pasted.
    case curl(TextEditor, CurlLineError?)
    case headers(TextEditor, wrongLine: Int?)
    /// The endpoint's name, typed before a credential travels unencrypted.
    case plainHTTP(Prompt, isWrong: Bool)
    /// A word to find in the body.
    case search(Prompt)
    case copy(selected: Int)
    /// Which deployment the same body goes to next.
    case elsewhere(selected: Int)
    /// Which deployments a repetition goes to.
    case lanes(selected: Int)
    case compare(ComparePanel)
    case repetition(RepeatPanel)
    case history(ScoringHistoryPanel)
    /// Whether what is sent is to be kept.
    case consent(ScoringConsentPanel)
    /// The keys, from that line on.
    case help(top: Int)
}

/// A file that could be a payload.
package struct PayloadEntry: Equatable, Sendable {
    package var path: String
    package var byteCount: Int

    package init(path: String, byteCount: Int) {
        self.path = path
        self.byteCount = byteCount
    }
}
