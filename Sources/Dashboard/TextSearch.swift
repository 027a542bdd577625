internal import TerminalUI

/// A word that is looked for in a text, and the line it was found in last.
package struct TextSearch: Equatable, Sendable {
    package var text: String
    /// The line of the current place; nil before the first was found.
    package var line: Int?

    package init(text: String, line: Int? = nil) {
        self.text = text
        self.line = line
    }

    /// Where the word stands in a text, letter case aside, in characters; places do not overlap.
    func places(in text: String) -> [Range<Int>] {
        let needle = Array(self.text)
        let characters = Array(text)
        guard !needle.isEmpty, characters.count >= needle.count else { return [] }
        var places: [Range<Int>] = []
        var start = 0
        while start + needle.count <= characters.count {
            let isHere = needle.indices.allSatisfy { Self.isSame(characters[start + $0], needle[$0]) }
            if isHere { places.append(start..<start + needle.count) }
            start += isHere ? needle.count : 1
        }
        return places
    }

    private static func isSame(_ left: Character, _ right: Character) -> Bool {
        left == right || left.lowercased() == right.lowercased()
    }
}

extension TextLine {
    var text: String { spans.reduce(into: "") { $0 += $1.text } }

    /// The line with every place of the word set off, also where it goes over from one span to the next.
    func highlighting(_ search: TextSearch) -> TextLine {
        let places = search.places(in: text)
        guard !places.isEmpty else { return self }
        var line = self
        line.spans = []
        var position = 0
        for span in spans {
            var piece = ""
            var isFound = false
            func style() -> Style { isFound ? span.style.reversed : span.style }
            for character in span.text {
                let isHere = places.contains { $0.contains(position) }
                if isHere != isFound {
                    if !piece.isEmpty { line.spans.append(Span(piece, style())) }
                    (piece, isFound) = ("", isHere)
                }
                piece.append(character)
                position += 1
            }
            if !piece.isEmpty { line.spans.append(Span(piece, style())) }
        }
        return line
    }
}
