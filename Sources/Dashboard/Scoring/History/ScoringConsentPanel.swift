package import AzureML
package import TerminalUI

/// The question whether what is sent is kept; asked once.
package struct ScoringConsentPanel: Equatable, Sendable {
    package static let choices: [ScoringConsent] = [.no, .withoutBodies, .withBodies]

    package private(set) var selected: Int

    package init(selected: Int = 0) {
        self.selected = max(0, min(selected, Self.choices.count - 1))
    }

    /// Takes a key; nil for one that is not the panel's.
    package mutating func take(_ key: Key) -> ScoringConsentAction? {
        switch key {
        case .up, .character("k"): selected = max(0, selected - 1)
        case .down, .character("j"): selected = min(Self.choices.count - 1, selected + 1)
        case .character("n"): return .chosen(.no)
        case .character("y"): return .chosen(.withoutBodies)
        case .character("b"): return .chosen(.withBodies)
        case .enter: return .chosen(Self.choices[selected])
        case .escape: return .later
        default: return nil
        }
        return .handled
    }
}

package enum ScoringConsentAction: Equatable, Sendable {
    case handled
    case chosen(ScoringConsent)
    /// Nothing is kept, and the question comes again.
    case later
}
