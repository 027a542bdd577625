/// What a piece of text means; the palette of the terminal decides how that looks.
package enum Ink: UInt8, CaseIterable, Sendable {
    case text, muted, faint, strong, accent, title, border, focusedBorder
    case good, warning, alert
    case key, badge
    case series1, series2, series3, series4, series5, series6
}

/// An ink and how it is set, in two bytes.
package struct Style: Hashable, Sendable {
    private struct Traits: OptionSet, Hashable, Sendable {
        let rawValue: UInt8
        static let bold = Traits(rawValue: 1)
        static let dim = Traits(rawValue: 2)
        static let underlined = Traits(rawValue: 4)
        static let reversed = Traits(rawValue: 8)
        static let selected = Traits(rawValue: 16)
    }

    package var ink: Ink
    private var traits: Traits

    package init(
        _ ink: Ink = .text,
        bold: Bool = false,
        dim: Bool = false,
        underlined: Bool = false,
        reversed: Bool = false,
        selected: Bool = false
    ) {
        self.ink = ink
        traits = []
        if bold { traits.insert(.bold) }
        if dim { traits.insert(.dim) }
        if underlined { traits.insert(.underlined) }
        if reversed { traits.insert(.reversed) }
        if selected { traits.insert(.selected) }
    }

    package var isBold: Bool {
        get { self[.bold] }
        set { self[.bold] = newValue }
    }
    /// Whether the text steps back, as stale data and a dialog's backdrop do.
    package var isDim: Bool {
        get { self[.dim] }
        set { self[.dim] = newValue }
    }
    package var isUnderlined: Bool {
        get { self[.underlined] }
        set { self[.underlined] = newValue }
    }
    package var isReversed: Bool {
        get { self[.reversed] }
        set { self[.reversed] = newValue }
    }
    /// Whether the text stands on the band of the selected row.
    package var isSelected: Bool {
        get { self[.selected] }
        set { self[.selected] = newValue }
    }

    package var bold: Style { with(.bold) }
    package var dimmed: Style { with(.dim) }
    package var underlined: Style { with(.underlined) }
    package var reversed: Style { with(.reversed) }
    package var selected: Style { with(.selected) }

    package static let text = Style(.text)
    package static let muted = Style(.muted)
    package static let faint = Style(.faint)
    package static let strong = Style(.strong)
    package static let accent = Style(.accent)
    package static let title = Style(.title)
    package static let border = Style(.border)
    package static let focusedBorder = Style(.focusedBorder)
    package static let good = Style(.good)
    package static let warning = Style(.warning)
    package static let alert = Style(.alert)
    package static let key = Style(.key)
    package static let badge = Style(.badge)

    /// The style of the data series at `index`; six colours, then again from the first.
    package static func series(_ index: Int) -> Style {
        let inks: [Ink] = [.series1, .series2, .series3, .series4, .series5, .series6]
        return Style(inks[((index % inks.count) + inks.count) % inks.count])
    }

    /// A small number of its own for every style, below `codeCount`: an index into a palette's table.
    package var code: Int { Int(ink.rawValue) << 5 | Int(traits.rawValue) }
    package static let codeCount = Ink.allCases.count << 5

    private subscript(trait: Traits) -> Bool {
        get { traits.contains(trait) }
        set { if newValue { traits.insert(trait) } else { traits.remove(trait) } }
    }

    private func with(_ trait: Traits) -> Style {
        var style = self
        style.traits.insert(trait)
        return style
    }
}
