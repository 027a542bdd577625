/// Something a key can ask for.
package enum Command: Hashable, Sendable {
    case go(Pane)
    case nextPane
    case previousPane
    case move(Motion)
    case open
    case back
    case backOrQuit
    case help
    case filter
    case onlyTrouble
    case logOfSelection
    case freeze
    /// Sorts by the next column to the left (-1) or right (1).
    case sort(Int)
    case invertSort
    /// Moves the columns of the focused table by one to the left (-1) or right (1).
    case scrollColumns(Int)
    case toggleUTC
    case workspaces
    case refresh
    case repaint
    case suspend
    case quit
    /// Asks for a word to find in the view on top.
    case search
    /// Goes to the next (1) or the previous (-1) place of the word.
    case find(Int)
    case commandLine
    case nextForm
    case previousForm
    case fold(Folding)
    case mark
    case clearMarks
    case copy
    case signIn
    /// Looks into a token.
    case inspect
    /// Shows a secret for a while.
    case reveal
    case pasteToken
    case rotateKey
    case journal
    case exportJournal
    case copyJournal
    /// Opens the scoring form.
    case score
}

extension Command {
    /// Whether it may change something in Azure: such a command is refused where nothing may be changed, and its keys say so.
    ///
    /// What asks for a secret changes nothing.
    package var changesAzure: Bool {
        switch self {
        case .rotateKey: true
        default: false
        }
    }

    /// What is said where it is refused for that.
    var readOnlyReason: TextKey { self == .rotateKey ? .rotateReadOnly : .readOnlyRefused }
}
