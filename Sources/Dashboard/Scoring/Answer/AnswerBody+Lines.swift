internal import AzureML
internal import JSONValue
internal import TerminalUI

/// The lines of a body as a tab shows them.
extension AnswerBody {
    func lineCount(_ tab: AnswerTab) -> Int {
        switch tab {
        case .json: json?.count ?? 0
        case .text: text.count
        case .stream: stream?.wordRows.count ?? 0
        case .events: stream?.events.count ?? 0
        case .hex: HexRows.count(of: bytes)
        case .headers, .meaning: 0
        }
    }

    /// One line; it may be longer than the screen is wide.
    func line(_ line: Int, _ tab: AnswerTab, width: Int) -> [Span] {
        guard line >= 0, line < lineCount(tab) else { return [] }
        switch tab {
        case .json:
            guard let json else { return [] }
            return json.spans(json.index(line), of: bytes)
        case .text: return [Span(text.text(line, of: bytes))]
        case .stream: return [Span(stream.map { $0.wordRows.text(line, of: $0.words) } ?? "")]
        case .events: return eventSpans(line)
        case .hex: return HexRows.spans(line, of: bytes, width: width)
        case .headers, .meaning: return []
        }
    }

    private func eventSpans(_ line: Int) -> [Span] {
        guard let stream else { return [] }
        let event = stream.events[line]
        let number = "\(line + 1)"
        let gap = String(repeating: " ", count: max(0, "\(stream.eventCount)".utf8.count - number.utf8.count))
        let name = event.name == "message" ? [] : [Span(event.name + "  ", .accent)]
        let isLong = event.data.utf8.count > TextRows.maximumLength
        let data = isLong ? String(event.data.prefix(TextRows.maximumLength)) + "…" : event.data
        return [Span(gap + number + "  ", .faint)] + name + [Span(data)]
    }

    /// What is copied of a line: a value whole, a string without its quotes.
    func part(of line: Int, _ tab: AnswerTab) -> String? {
        guard line >= 0, line < lineCount(tab) else { return nil }
        switch tab {
        case .json:
            guard let json else { return nil }
            let piece = bytes[json.wholeValue(json.index(line))]
            return Self.unquoted(piece) ?? String(decoding: piece, as: UTF8.self)
        case .text: return text.text(line, of: bytes)
        case .stream: return stream.map { String(decoding: $0.words, as: UTF8.self) }
        case .events: return stream?.events[line].data
        case .hex: return HexRows.hex(bytes[HexRows.range(line, of: bytes)])
        case .headers, .meaning: return nil
        }
    }

    /// What is copied of all of it: the words of a stream, the bytes of anything else, as hex where they are no text.
    func whole(_ tab: AnswerTab) -> String {
        if tab == .stream, let stream { return String(decoding: stream.words, as: UTF8.self) }
        return tab == .hex ? HexRows.hex(bytes[...]) : String(decoding: bytes, as: UTF8.self)
    }

    /// What a string says, without quotes and escapes.
    private static func unquoted(_ piece: ArraySlice<UInt8>) -> String? {
        guard piece.first == UInt8(ascii: "\"") else { return nil }
        return (try? JSONValue.parse(piece))?.stringValue
    }

    // MARK: Finding

    /// The lines, of those that folding hides too, in which a word stands, letter case aside; at most 10 000.
    ///
    /// They are numbered as if nothing were folded.
    func places(of word: String, _ tab: AnswerTab) -> [Int32] {
        guard !word.isEmpty else { return [] }
        let search = ByteSearch(word)
        var found: [Int32] = []
        for line in 0..<searchedCount(tab) where contains(search, line, tab) {
            found.append(Int32(clamping: line))
            if found.count == 10_000 { break }
        }
        return found
    }

    private func searchedCount(_ tab: AnswerTab) -> Int {
        switch tab {
        case .json: json?.rows.count ?? 0
        case .hex, .headers, .meaning: 0
        default: lineCount(tab)
        }
    }

    private func contains(_ search: ByteSearch, _ line: Int, _ tab: AnswerTab) -> Bool {
        switch tab {
        case .json:
            guard let json else { return false }
            let row = json.rows[line]
            return [row.key, row.value].contains { range in
                let range = JSONRows.range(range)
                return search.isFound(in: bytes, range)
                    || search.needsDecoding(bytes, range)
                        && search.isFound(in: json.decoded(range, of: bytes))
            }
        case .text: return search.isFound(in: bytes, text.range(line))
        case .stream: return stream.map { search.isFound(in: $0.words, $0.wordRows.range(line)) } ?? false
        case .events: return stream.map { search.isFound(in: $0.events[line].data) } ?? false
        case .hex, .headers, .meaning: return false
        }
    }
}
