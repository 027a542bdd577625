/// A piece of text in one style.
package struct Span: Hashable, Sendable {
    package var text: String
    package var style: Style

    package init(_ text: String, _ style: Style = .text) {
        self.text = text
        self.style = style
    }

    /// The columns the text takes.
    package var width: Int { TextWidth.width(of: text) }
}

extension [Span] {
    /// The columns the spans take side by side.
    package var width: Int { reduce(0) { $0 + $1.width } }

    /// The spans cut to `width` columns, the last of them an ellipsis where something was cut.
    package func truncated(to width: Int) -> [Span] {
        guard self.width > width else { return self }
        guard width > 0 else { return [] }
        var left = width - 1
        var kept: [Span] = []
        for span in self {
            let (text, used) = TextWidth.prefix(of: span.text, fitting: left)
            if used == span.width {
                kept.append(span)
                left -= used
                continue
            }
            kept.append(Span(text + TextWidth.ellipsis, span.style))
            break
        }
        return kept
    }
}

/// Where a line stands within its room.
package enum Alignment: Hashable, Sendable {
    case leading, center, trailing

    /// The free columns to leave on the left of something `width` wide within `available` columns.
    func offset(of width: Int, in available: Int) -> Int {
        switch self {
        case .leading: 0
        case .center: max(0, (available - width) / 2)
        case .trailing: max(0, available - width)
        }
    }
}
