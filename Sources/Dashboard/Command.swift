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
    case refresh
    case repaint
    case suspend
    case quit
}
