internal import TerminalUI

/// Pieces of text side by side, and below where they no longer fit.
enum LineFlow {
    static func lines(_ pieces: [[Span]], width: Int, gap: Int = 3) -> [[Span]] {
        var lines: [[Span]] = []
        for piece in pieces where !piece.isEmpty {
            if let last = lines.last, last.width + gap + piece.width <= width {
                lines[lines.count - 1].append(Span(String(repeating: " ", count: gap)))
                lines[lines.count - 1] += piece
            } else {
                lines.append(piece)
            }
        }
        return lines
    }

    /// As much as fits, up to a blank where one is near the end: words are cut only where they are long.
    private static func piece(of text: Substring, fitting room: Int) -> (text: String, width: Int) {
        let (head, used) = TextWidth.prefix(of: String(text), fitting: room)
        guard head.utf8.count < text.utf8.count, room >= 24, let blank = head.lastIndex(of: " ") else {
            return (head, used)
        }
        let short = String(head[...blank])
        guard head.utf8.count - short.utf8.count <= room / 3 else { return (head, used) }
        return (short, TextWidth.width(of: short))
    }

    /// A line cut into lines that fit, nothing lost; what follows the first stands in by `indent`.
    static func wrapped(_ spans: [Span], width: Int, indent: Int = 0) -> [[Span]] {
        guard width > 0, spans.width > width else { return [spans] }
        let indent = indent < width / 2 ? indent : 0
        var lines: [[Span]] = [[]]
        var room = width
        for span in spans {
            var rest = span.text[...]
            while !rest.isEmpty {
                let (head, used) = piece(of: rest, fitting: room)
                if head.isEmpty {
                    // A wide character does not fit into what is left; where nothing fits at all, it is left to be cut.
                    guard room < width - indent else { return lines + [[Span(String(rest), span.style)]] }
                } else {
                    lines[lines.count - 1].append(Span(head, span.style))
                    rest = rest[rest.utf8.index(rest.startIndex, offsetBy: head.utf8.count)...]
                    room -= used
                }
                guard !rest.isEmpty else { break }
                lines.append(indent > 0 ? [Span(String(repeating: " ", count: indent))] : [])
                room = width - indent
            }
        }
        return lines
    }
}
