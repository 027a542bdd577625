/// One way to look at an answer.
package enum AnswerTab: String, Hashable, Sendable, CaseIterable {
    /// The words of a stream, joined.
    case stream
    case json
    case text
    /// The events of a stream, one by one.
    case events
    case hex
    case headers
    /// What it means here, whole.
    case meaning

    var title: TextKey {
        switch self {
        case .stream: .answerTabStream
        case .json: .answerTabJson
        case .text: .answerTabText
        case .events: .answerTabEvents
        case .hex: .answerTabHex
        case .headers: .answerTabHeaders
        case .meaning: .answerTabMeaning
        }
    }
}

/// What a key did to the answer, and what it asks of the form around it.
package enum AnswerAction: Equatable, Sendable {
    case handled
    /// A part of the body, all of it, or a header's value.
    case copy(String)
    /// Holds the latest two answers against each other.
    case compare
    /// The same body to another deployment.
    case sendElsewhere
    /// The panel has opened its own line for a word to find.
    case search
    /// Writes the body into a file.
    case save(suggestedName: String)
}
