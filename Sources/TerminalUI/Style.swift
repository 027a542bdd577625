/// What a piece of text means; the palette of the terminal decides how that looks.
public enum Ink: UInt8, CaseIterable, Sendable {
    case text, muted, faint, strong, accent, title, border, focusedBorder
    case good, warning, alert
    case key, badge
    case series1, series2, series3, series4, series5, series6
}

/// An ink and how it is set, in two bytes.
public struct Style: Hashable, Sendable {
    private struct Traits: OptionSet, Hashable, Sendable {
        let rawValue: UInt8
        static let bold = Traits(rawValue: 1)
        static let dim = Traits(rawValue: 2)
        static let underlined = Traits(rawValue: 4)
        static let reversed = Traits(rawValue: 8)
        static let selected = Traits(rawValue: 16)
    }

    public var ink: Ink
    private var traits: Traits

    public init(
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

    public var isBold: Bool {
        get { self[.bold] }
        set { self[.bold] = newValue }
    }
    /// Whether the text steps back, as stale data and a dialog's backdrop do.
    public var isDim: Bool {
        get { self[.dim] }
        set { self[.dim] = newValue }
    }
    public var isUnderlined: Bool {
        get { self[.underlined] }
        set { self[.underlined] = newValue }
    }
    public var isReversed: Bool {
        get { self[.reversed] }
        set { self[.reversed] = newValue }
    }
    /// Whether the text stands on the band of the selected row.
    public var isSelected: Bool {
        get { self[.selected] }
        set { self[.selected] = newValue }
    }

    public var bold: Style { with(.bold) }
    public var dimmed: Style { with(.dim) }
    public var underlined: Style { with(.underlined) }
    public var reversed: Style { with(.reversed) }
    public var selected: Style { with(.selected) }

    public static let text = Style(.text)
    public static let muted = Style(.muted)
    public static let faint = Style(.faint)
    public static let strong = Style(.strong)
    public static let accent = Style(.accent)
    public static let title = Style(.title)
    public static let border = Style(.border)
    public static let focusedBorder = Style(.focusedBorder)
    public static let good = Style(.good)
    public static let warning = Style(.warning)
    public static let alert = Style(.alert)
    public static let key = Style(.key)
    public static let badge = Style(.badge)

    /// The style of the data series at `index`; six colours, then again from the first.
    public static func series(_ index: Int) -> Style {
        let inks: [Ink] = [.series1, .series2, .series3, .series4, .series5, .series6]
        return Style(inks[((index % inks.count) + inks.count) % inks.count])
    }

    /// A small number of its own for every style, below `codeCount`: an index into a palette's table.
    public var code: Int { Int(ink.rawValue) << 5 | Int(traits.rawValue) }
    public static let codeCount = Ink.allCases.count << 5

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
