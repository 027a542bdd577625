/// What of a resource or a row goes to the clipboard.
package enum CopyItem: String, CaseIterable, Sendable {
    case name, id, scoringURI, row, value, json, yaml
    case primaryKey, secondaryKey, endpointToken, entraToken

    /// The key that copies it from the menu.
    var key: Character {
        switch self {
        case .name: "n"
        case .id: "i"
        case .scoringURI: "u"
        case .row: "r"
        case .value: "v"
        case .json: "j"
        case .yaml: "y"
        case .primaryKey: "p"
        case .secondaryKey: "s"
        case .endpointToken: "t"
        case .entraToken: "e"
        }
    }
}

/// What is asked to be copied: the marked rows of the pane, else the selected one, or what the view on top is about.
package struct CopyMenu: Equatable, Sendable {
    package var subjects: [Mark]
    /// Only what the subjects have; the text of each is made when the menu opens, so that it cannot change meanwhile.
    package var entries: [Entry]
    package var selected = 0

    package struct Entry: Equatable, Sendable {
        package var item: CopyItem
        /// Empty for a secret.
        package var text: String
        /// Asked for only when it is copied, and not shown.
        package var secret: SecretName?
    }
}

/// What became of a text that was to be copied.
package struct CopyOutcome: Equatable, Sendable {
    package var characterCount: Int
    /// Whether the terminal was told, which it may ignore.
    package var reachedTerminal: Bool
    /// The desktop's own program that took it; nil without one.
    package var program: String?

    package init(characterCount: Int, reachedTerminal: Bool, program: String? = nil) {
        self.characterCount = characterCount
        self.reachedTerminal = reachedTerminal
        self.program = program
    }
}
