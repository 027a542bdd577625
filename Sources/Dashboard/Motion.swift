internal import TerminalUI

/// A way to move in a list or a text.
package enum Motion: Hashable, Sendable {
    case up
    case down
    case pageUp
    case pageDown
    case halfPageUp
    case halfPageDown
    case first
    case last

    /// What a key means in every list that has no key map of its own; nil for a key that moves nothing.
    init?(_ key: Key) {
        switch key {
        case .up, .character("k"): self = .up
        case .down, .character("j"): self = .down
        case .pageUp, .control("b"): self = .pageUp
        case .pageDown, .control("f"): self = .pageDown
        case .control("u"): self = .halfPageUp
        case .control("d"): self = .halfPageDown
        case .home, .character("g"): self = .first
        case .end, .character("G"): self = .last
        default: return nil
        }
    }

    /// The row it leads to from `index`, within 0..<`count`.
    func index(from index: Int, count: Int, page: Int) -> Int {
        let target =
            switch self {
            case .up: index - 1
            case .down: index + 1
            case .pageUp: index - page
            case .pageDown: index + page
            case .halfPageUp: index - max(1, page / 2)
            case .halfPageDown: index + max(1, page / 2)
            case .first: 0
            case .last: count - 1
            }
        return max(0, min(target, count - 1))
    }
}
