/// A key as the terminal told it.
package enum Key: Hashable, Sendable {
    case character(Character)
    /// Ctrl with a letter (always lower case) or one of `@ [ \ ] ^ _`.
    case control(Character)
    case alt(Character)
    /// A function key, from 1.
    case function(Int)
    case up, down, left, right
    case home, end, pageUp, pageDown
    case enter, escape, tab, backTab, backspace, delete, insert
}
