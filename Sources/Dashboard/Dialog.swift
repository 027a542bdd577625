internal import TerminalUI

/// What lies over everything else and takes the keys first.
package enum Dialog: Equatable, Sendable {
    case copy(CopyMenu)
    case reveal(RevealDialog)
    case paste(PasteDialog)
    /// The wizard; what it is about is in the state, because it goes on without being seen.
    case rotation
    case context(ContextOffer)
    case signIn(SignInDialog)
}

extension DashboardState {
    /// Gives a key to the dialog; nil for a key that keeps its meaning everywhere.
    mutating func take(_ key: Key, in dialog: Dialog) -> [Effect]? {
        if dialog == .rotation { return takeInRotation(key) }
        switch key {
        case .control("c"), .control("z"), .control("l"): return nil
        case .escape: return close(dialog)
        case .character("q") where dialog.isClosedByLetter: return close(dialog)
        default: break
        }
        switch dialog {
        case .copy(let menu): return take(key, in: menu)
        case .reveal(let reveal): return take(key, in: reveal)
        case .paste(let paste): return take(key, in: paste)
        case .rotation: return []
        case .context(let offer): return take(key, in: offer)
        case .signIn(let signIn): return take(key, in: signIn)
        }
    }
}

extension DashboardState {
    private mutating func close(_ dialog: Dialog) -> [Effect] {
        if case .signIn(let signIn) = dialog { return closeSignIn(signIn) }
        self.dialog = nil
        return []
    }
}

extension Dialog {
    /// Whether `q` closes it; where letters are typed it is one of them.
    fileprivate var isClosedByLetter: Bool {
        if case .paste = self { false } else { true }
    }
}
