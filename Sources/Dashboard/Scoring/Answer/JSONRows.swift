internal import JSONValue
internal import TerminalUI

/// A JSON text as lines whose objects and arrays fold, found in one pass over its bytes.
///
/// Nothing is made of a line before it is shown: the lines only say where in the text their parts are.
package struct JSONRows: Equatable, Sendable {
    enum Kind: UInt8 {
        case scalar
        /// A string that is too long for one line: its beginning, and what follows.
        case longString, longStringPart
        case open, close
        /// An array or object on one line: empty, or short and plain.
        case inline
    }

    struct Row: Equatable {
        var kind: Kind
        var depth: UInt16
        /// The name, quotes included; empty without one.
        var key: Range<Int32>
        var value: Range<Int32>
        /// Of `open` its `close` and the other way round; of a part of a string its beginning.
        var partner: Int32 = -1
        /// The line that opens what it stands in; -1 at the top.
        var parent: Int32
        /// How many members or elements an `open` has.
        var count: Int32 = 0
        /// Whether another member or element follows.
        var hasComma = false
    }

    /// An array of plain values is shown on one line up to this length, in bytes.
    static let inlineLength = 72
    static let indent = 2

    private(set) var rows: [Row] = []
    private(set) var folded: Set<Int32> = []
    /// The lines to show; nil where all are.
    private var visible: [Int32]?

    /// - Parameter bytes: JSON that was parsed without an error.
    init(_ bytes: [UInt8]) {
        var scanner = JSONRowScanner()
        bytes.withUnsafeBufferPointer { scanner.scan($0) }
        rows = scanner.rows
    }

    var count: Int { visible?.count ?? rows.count }

    /// The row shown at a line.
    func index(_ line: Int) -> Int { visible.map { Int($0[line]) } ?? line }

    /// The line that shows a row, or the folded value it is in.
    func line(of index: Int) -> Int {
        guard let visible else { return index }
        var (low, high) = (0, visible.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(visible[middle]) <= index { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }

    // MARK: Folding

    /// The row of the value that a line belongs to.
    func owner(_ index: Int) -> Int {
        let row = rows[index]
        return row.kind == .close || row.kind == .longStringPart ? Int(row.partner) : index
    }

    func isFolded(_ index: Int) -> Bool { folded.contains(Int32(index)) }

    mutating func setFolded(_ isFolded: Bool, _ index: Int) {
        guard rows[index].kind == .open else { return }
        if isFolded { folded.insert(Int32(index)) } else { folded.remove(Int32(index)) }
        refreshVisible()
    }

    /// Folds everything but the outermost value.
    mutating func foldAll() {
        folded = []
        for index in rows.indices where rows[index].kind == .open && rows[index].parent >= 0 {
            folded.insert(Int32(index))
        }
        refreshVisible()
    }

    mutating func unfoldAll() {
        folded = []
        refreshVisible()
    }

    /// Opens whatever hides a row.
    mutating func reveal(_ index: Int) {
        guard !folded.isEmpty else { return }
        var parent = rows[index].parent
        while parent >= 0 {
            folded.remove(parent)
            parent = rows[Int(parent)].parent
        }
        refreshVisible()
    }

    private mutating func refreshVisible() {
        guard !folded.isEmpty else { return visible = nil }
        var lines: [Int32] = []
        var index: Int32 = 0
        while index < rows.count {
            lines.append(index)
            index = folded.contains(index) ? rows[Int(index)].partner + 1 : index + 1
        }
        visible = lines
    }

    // MARK: Text

    /// All of the value that a row belongs to, as it is written.
    func wholeValue(_ index: Int) -> Range<Int> {
        let first = owner(index)
        let start = Int(rows[first].value.lowerBound)
        switch rows[first].kind {
        case .open: return start..<Int(rows[Int(rows[first].partner)].value.upperBound)
        case .longString:
            var last = first
            while last + 1 < rows.count, rows[last + 1].kind == .longStringPart { last += 1 }
            return start..<Int(rows[last].value.upperBound)
        default: return start..<Int(rows[first].value.upperBound)
        }
    }

    func spans(_ index: Int, of bytes: [UInt8]) -> [Span] {
        let row = rows[index]
        let margin = String(repeating: " ", count: Int(row.depth) * Self.indent)
        var spans: [Span] = []
        switch row.kind {
        case .open:
            let isFolded = isFolded(index)
            spans = [Span(margin), Span(isFolded ? "▸ " : "▾ ", isFolded ? .accent : .faint)]
        case .longStringPart: spans = [Span(margin + "    ")]
        default: spans = [Span(margin + "  ")]
        }
        if !row.key.isEmpty {
            spans.append(Span(Self.text(row.key, of: bytes), .accent))
            spans.append(Span(": ", .faint))
        }
        return spans + valueSpans(row, index, bytes)
    }

    private func valueSpans(_ row: Row, _ index: Int, _ bytes: [UInt8]) -> [Span] {
        let comma = row.hasComma ? "," : ""
        switch row.kind {
        case .open:
            let isObject = bytes[Int(row.value.lowerBound)] == UInt8(ascii: "{")
            guard isFolded(index) else { return [Span(isObject ? "{" : "[", .faint)] }
            let end = (isObject ? "}" : "]") + (rows[Int(row.partner)].hasComma ? "," : "")
            return [Span(isObject ? "{" : "[", .faint), Span(" \(row.count) ", .muted), Span(end, .faint)]
        case .close:
            return [Span(String(UnicodeScalar(bytes[Int(row.value.lowerBound)])) + comma, .faint)]
        case .inline:
            return inlineSpans(row, bytes) + [Span(comma, .faint)]
        case .scalar, .longString, .longStringPart:
            let text = row.kind == .scalar ? Self.text(row.value, of: bytes) : Self.part(row, of: bytes)
            return [Span(text, Self.style(bytes[Int(row.value.lowerBound)], row.kind)), Span(comma, .faint)]
        }
    }

    private func inlineSpans(_ row: Row, _ bytes: [UInt8]) -> [Span] {
        guard let value = try? JSONValue.parse(bytes[Self.range(row.value)]) else { return [] }
        guard case .array(let elements) = value else { return [Span("{}", .faint)] }
        var spans = [Span("[", .faint)]
        for (number, element) in elements.enumerated() {
            if number > 0 { spans.append(Span(", ", .faint)) }
            spans.append(Span(element.text(), Self.style(of: element)))
        }
        return spans + [Span("]", .faint)]
    }

    /// A value or a name with its escapes resolved, and those that a terminal must not see put back.
    private static func text(_ range: Range<Int32>, of bytes: [UInt8]) -> String {
        let piece = bytes[Self.range(range)]
        guard piece.first == UInt8(ascii: "\"") else { return String(decoding: piece, as: UTF8.self) }
        return (try? JSONValue.parse(piece))?.text() ?? String(decoding: piece, as: UTF8.self)
    }

    /// What a search looks at where the letters may be written as escapes.
    func decoded(_ range: Range<Int>, of bytes: [UInt8]) -> String {
        (try? JSONValue.parse(bytes[range]))?.stringValue ?? ""
    }

    /// A piece of a string: a whole one is made of it to resolve its escapes, and the quotes that are not its own go.
    private static func part(_ row: Row, of bytes: [UInt8]) -> String {
        let quote = UInt8(ascii: "\"")
        var piece = Array(bytes[range(row.value)])
        let begins = row.kind == .longString
        let ends = !row.isContinued
        if !begins { piece.insert(quote, at: 0) }
        if !ends { piece.append(quote) }
        guard let text = (try? JSONValue.parse(piece))?.text() else { return String(decoding: piece, as: UTF8.self) }
        return String(text.dropFirst(begins ? 0 : 1).dropLast(ends ? 0 : 1))
    }

    static func range(_ range: Range<Int32>) -> Range<Int> { Int(range.lowerBound)..<Int(range.upperBound) }

    private static func style(_ first: UInt8, _ kind: Kind) -> Style {
        guard kind == .scalar else { return .text }
        switch first {
        case UInt8(ascii: "\""): return .text
        case UInt8(ascii: "n"): return .muted
        default: return .strong
        }
    }

    private static func style(of value: JSONValue) -> Style {
        switch value {
        case .string: .text
        case .number, .bool: .strong
        default: .muted
        }
    }
}

extension JSONRows.Row {
    /// Whether the next row goes on with the same string.
    var isContinued: Bool { (kind == .longString || kind == .longStringPart) && count > 0 }
}
