package import JSONValue
package import TerminalUI

/// The payload of the form: a text that is edited, or bytes that are sent as they are.
package struct ScoringBody: Equatable, Sendable {
    /// What is wrong with a text as JSON.
    package struct Check: Equatable, Sendable {
        /// Of the text that was checked.
        package var revision: Int
        package var error: JSONParseError?
    }

    package var editor: TextEditor
    /// Bytes that are no text: of an image, of a tensor; nil while a text is edited.
    package private(set) var bytes: [UInt8]?
    package private(set) var check: Check?
    /// The first line of the hex picture.
    package var hexTop = 0

    package init(_ text: String = "") {
        editor = TextEditor(text)
    }

    /// Longer texts are checked when the clock ticks rather than with every key.
    static let promptCheckLimit = 64 << 10
    /// Longer texts are edited, but not laid out anew.
    static let formatLimit = 16 << 20

    package var isBinary: Bool { bytes != nil }
    package var byteCount: Int { bytes?.count ?? editor.document.byteCount }
    package var isEmpty: Bool { byteCount == 0 }

    /// What is sent.
    package var payload: [UInt8] { bytes ?? Array(editor.text.utf8) }

    /// Takes a body from elsewhere: as a text where it is one, else as bytes. What stood there can be brought back by undo,
    /// where both are texts.
    package mutating func replace(with payload: [UInt8]) {
        guard let text = String(validating: payload, as: UTF8.self), !text.utf8.contains(0) else {
            bytes = payload
            hexTop = 0
            check = nil
            return
        }
        bytes = nil
        editor.replaceAll(with: text)
        editor.move(.textStart)
        refreshCheck(isPrompt: true)
    }

    package mutating func replace(with text: String) { replace(with: Array(text.utf8)) }

    // MARK: JSON

    /// Whether the check is of the text as it stands.
    package var isChecked: Bool { bytes != nil || check?.revision == editor.revision }

    /// Looks at the text again where it has changed: at once where it is short, else only when there is time.
    package mutating func refreshCheck(isPrompt: Bool) {
        guard !isChecked, !isPrompt || byteCount <= Self.promptCheckLimit else { return }
        var error: JSONParseError?
        do throws(JSONParseError) { _ = try JSONValue.parse(editor.text) } catch let found { error = found }
        check = Check(revision: editor.revision, error: error)
    }

    /// What is wrong with it; nil where it is JSON, or not checked yet.
    package var error: JSONParseError? { isChecked ? check?.error : nil }

    /// Where that is.
    package var errorPosition: TextPosition? {
        guard let error, editor.document.lines.indices.contains(error.line - 1) else { return nil }
        let line = editor.document.lines[error.line - 1]
        let scalars = line.unicodeScalars
        let end = scalars.index(scalars.startIndex, offsetBy: error.column - 1, limitedBy: scalars.endIndex)
        return TextPosition(
            line: error.line - 1,
            offset: line.utf8.distance(from: line.startIndex, to: end ?? line.endIndex)
        )
    }

    /// One member a line, or without any white space; false where it is no JSON.
    package mutating func lay(out pretty: Bool) -> Bool {
        guard bytes == nil, byteCount <= Self.formatLimit, let value = try? JSONValue.parse(editor.text) else {
            return false
        }
        editor.replaceAll(with: value.text(pretty: pretty))
        refreshCheck(isPrompt: false)
        return true
    }

    /// Whether it is laid out in lines already.
    package var isPretty: Bool { editor.document.lines.count > 1 }
}
