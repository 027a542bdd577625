/// A small chart in one row of text.
package enum Sparkline {
    private static let steps: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// A chart of the last `width` values (oldest first, each at least 0, nil where nothing is known), the newest at
    /// the right; gaps are spaces.
    ///
    /// `maximum` is the value of a full block; nil takes the largest of the values shown.
    package static func text(values: [Double?], width: Int, maximum: Double? = nil) -> String {
        guard width > 0 else { return "" }
        let shown = values.suffix(width)
        let top = maximum ?? shown.compactMap(\.self).filter(\.isFinite).max() ?? 0
        var text = String(repeating: " ", count: width - shown.count)
        for value in shown {
            text.append(glyph(value, of: top))
        }
        return text
    }

    /// As `text(values:width:maximum:)`, in one style.
    package static func spans(
        values: [Double?],
        width: Int,
        maximum: Double? = nil,
        style: Style = .accent
    ) -> [Span] {
        [Span(text(values: values, width: width, maximum: maximum), style)]
    }

    /// Writes the chart into a cell of a table.
    package static func write(
        values: [Double?],
        width: Int,
        maximum: Double? = nil,
        style: Style = .accent,
        to cell: inout CellWriter
    ) {
        guard width > 0 else { return }
        let shown = values.suffix(width)
        var top = 0.0
        for case let value? in shown where value.isFinite { top = max(top, value) }
        for _ in shown.count..<width { cell.write(Cell(.blank, style: style)) }
        for value in shown { cell.write(Cell(step(value, of: maximum ?? top), style: style)) }
    }

    private static func step(_ value: Double?, of top: Double) -> Glyph {
        guard let value, !value.isNaN else { return .blank }
        guard value > 0, top > 0 else { return Glyph(bits: 0x2581, width: 1) }
        let share = min(1, value / top)
        return Glyph(bits: 0x2581 + UInt64(share.isNaN ? 7 : min(7, Int(share * 8))), width: 1)
    }

    private static func glyph(_ value: Double?, of top: Double) -> Character {
        guard let value, !value.isNaN else { return " " }
        guard value > 0, top > 0 else { return steps[0] }
        let share = min(1, value / top)
        return steps[share.isNaN ? 7 : min(7, Int(share * 8))]
    }
}
