package import TerminalUI

/// How a terminal is used.
package struct TerminalOptions: Hashable, Sendable {
    package enum Color: Hashable, Sendable {
        /// As the terminal says, and none where the environment sets NO_COLOR.
        case automatic
        case none
    }

    package var color: Color
    /// Whether to show ASCII only, even where more could be shown.
    package var isASCII: Bool
    package var theme: Theme

    package init(color: Color = .automatic, isASCII: Bool = false, theme: Theme = .terminal) {
        self.color = color
        self.isASCII = isASCII
        self.theme = theme
    }
}
