internal import TerminalUI

/// What lies over everything else and takes the keys first.
package enum Dialog: Equatable, Sendable {
    case copy(CopyMenu)
    case signIn(SignInDialog)
}

extension DashboardState {
    /// Gives a key to the dialog; nil for a key that keeps its meaning everywhere.
    mutating func take(_ key: Key, in dialog: Dialog) -> [Effect]? {
        switch key {
        case .control("c"), .control("z"), .control("l"): return nil
        case .escape, .character("q"):
            if case .signIn(let signIn) = dialog { return closeSignIn(signIn) }
            self.dialog = nil
            return []
        default: break
        }
        switch dialog {
        case .copy(let menu): return take(key, in: menu)
        case .signIn(let signIn): return take(key, in: signIn)
        }
    }
}
