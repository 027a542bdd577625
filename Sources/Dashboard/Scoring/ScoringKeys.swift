internal import TerminalUI

/// What the keys of the form mean in every part of it: dispatcher, footer and help read this one table.
struct ScoringKeys {
    enum Action: Hashable {
        case send, bodyFrom, answer, next, previous, editOutside, layOut, save, copy, repetition, history, help, leave
    }

    struct Entry {
        var keys: [Key]
        var action: Action
        var help: TextKey
        var footer: TextKey?
    }

    static let entries: [Entry] = [
        Entry(
            keys: [.function(9), .alt("\r"), .alt("\n")],
            action: .send,
            help: .scoringKeySend,
            footer: .scoringFooterSend
        ),
        Entry(keys: [.function(3)], action: .bodyFrom, help: .scoringKeyBodyFrom, footer: .scoringFooterBodyFrom),
        Entry(keys: [.function(5)], action: .answer, help: .scoringKeyAnswer, footer: .scoringFooterAnswer),
        Entry(keys: [.tab], action: .next, help: .scoringKeyNext, footer: .scoringFooterNext),
        Entry(keys: [.backTab], action: .previous, help: .scoringKeyPrevious),
        Entry(keys: [.function(4)], action: .editOutside, help: .scoringKeyEditor, footer: .scoringFooterEditor),
        Entry(keys: [.function(6)], action: .layOut, help: .scoringKeyFormat, footer: .scoringFooterFormat),
        Entry(keys: [.function(2)], action: .save, help: .scoringKeySave, footer: .scoringFooterSave),
        Entry(keys: [.function(7)], action: .copy, help: .scoringKeyCopy, footer: .footerCopy),
        Entry(keys: [.function(8)], action: .repetition, help: .scoringKeyRepeat, footer: .scoringFooterRepeat),
        Entry(keys: [.control("r")], action: .history, help: .scoringKeyHistory, footer: .scoringFooterHistory),
        Entry(keys: [.function(1)], action: .help, help: .scoringKeyHelp, footer: .footerHelp),
        Entry(keys: [.escape], action: .leave, help: .scoringKeyLeave, footer: .footerBack),
    ]

    static func action(of key: Key) -> Action? {
        entries.first { $0.keys.contains(key) }?.action
    }

    /// Keys of the body alone, which the editor takes; for the help.
    static let editing: [(keys: String, help: TextKey)] = [
        ("Alt-U Alt-E", .scoringEditUndo), ("Alt-S Alt-N Alt-P", .scoringEditSearch), ("Alt-M", .scoringEditBracket),
        ("Alt-J", .scoringEditError), ("Ctrl-@ Alt-A", .scoringEditSelect), ("Alt-W", .scoringEditCopy),
        ("Ctrl-A Ctrl-E", .scoringEditLine), ("Ctrl-K Ctrl-U Ctrl-W", .scoringEditCut),
        ("Alt-B Alt-F", .scoringEditWord), ("Alt-< Alt->", .scoringEditEnds),
    ]

    /// With a heading between both lists.
    static var helpLineCount: Int { entries.count + 1 + editing.count }

    /// How soon an entry gives way where the footer is short; 1 is the last to go.
    static let priorities: [Action] = [
        .send, .leave, .help, .bodyFrom, .answer, .copy, .repetition, .history, .next, .editOutside, .save, .layOut,
        .previous,
    ]
}
