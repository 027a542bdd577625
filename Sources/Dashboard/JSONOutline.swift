internal import JSONValue
internal import TerminalUI

/// A JSON value as lines of text whose objects and arrays fold.
struct JSONOutline {
    /// The lines to show, with the JSON pointer (RFC 6901) of the value each belongs to.
    private(set) var lines: [TextLine] = []
    private let folded: Set<String>
    private let width: Int
    private static let indent = 2

    /// - Parameters:
    ///   - value: What is shown.
    ///   - folded: JSON pointers of the values that show as one line.
    ///   - width: Cells of a line; longer strings go on in the next line and are never cut.
    init(_ value: JSONValue, folded: Set<String>, width: Int) {
        self.folded = folded
        self.width = max(width, 20)
        add(value, label: [], pointer: "", depth: 0, comma: "")
    }

    /// The pointers of all objects and arrays within a value that have anything in them, itself left out.
    static func containers(in value: JSONValue, at pointer: String = "") -> Set<String> {
        var found: Set<String> = []
        for (part, child) in children(of: value) {
            let place = pointer + "/" + part
            if !children(of: child).isEmpty { found.insert(place) }
            found.formUnion(containers(in: child, at: place))
        }
        return found
    }

    private static func children(of value: JSONValue) -> [(part: String, value: JSONValue)] {
        switch value {
        case .object(let object): object.members.map { (escaped($0.name), $0.value) }
        case .array(let elements): elements.enumerated().map { (String($0.offset), $0.element) }
        default: []
        }
    }

    private static func escaped(_ name: String) -> String {
        name.replacing("~", with: "~0").replacing("/", with: "~1")
    }

    private mutating func add(_ value: JSONValue, label: [Span], pointer: String, depth: Int, comma: String) {
        switch value {
        case .object(let object) where !object.isEmpty:
            let members = object.members.map { member in
                (label: [Span(JSONValue.string(member.name).text(), .accent), Span(": ", .faint)], value: member.value)
            }
            addContainer(value, members, "{", "}", label: label, pointer: pointer, depth: depth, comma: comma)
        case .array(let elements) where !elements.isEmpty:
            let members = elements.map { (label: [Span](), value: $0) }
            addContainer(value, members, "[", "]", label: label, pointer: pointer, depth: depth, comma: comma)
        default:
            addScalar(value, label: label, pointer: pointer, depth: depth, comma: comma)
        }
    }

    private mutating func addContainer(
        _ value: JSONValue,
        _ members: [(label: [Span], value: JSONValue)],
        _ open: String,
        _ close: String,
        label: [Span],
        pointer: String,
        depth: Int,
        comma: String
    ) {
        let margin = Span(String(repeating: " ", count: depth * Self.indent))
        guard !folded.contains(pointer) else {
            let count = Span(" \(members.count) ", .muted)
            let spans =
                [margin, Span("▸ ", .accent)] + label + [Span(open, .faint), count, Span(close + comma, .faint)]
            lines.append(TextLine(spans, pointer: pointer, isFoldable: true))
            return
        }
        let mark = Span("▾ ", .faint)
        lines.append(TextLine([margin, mark] + label + [Span(open, .faint)], pointer: pointer, isFoldable: true))
        for (index, (child, member)) in zip(Self.children(of: value), members).enumerated() {
            let isLast = index == members.count - 1
            add(
                member.value,
                label: member.label,
                pointer: pointer + "/" + child.part,
                depth: depth + 1,
                comma: isLast ? "" : ","
            )
        }
        lines.append(TextLine([margin, Span("  " + close + comma, .faint)], pointer: pointer, isFoldable: true))
    }

    private mutating func addScalar(
        _ value: JSONValue,
        label: [Span],
        pointer: String,
        depth: Int,
        comma: String
    ) {
        let margin = String(repeating: " ", count: depth * Self.indent + 2)
        let style: Style =
            switch value {
            case .string: .text
            case .number, .bool: .strong
            default: .muted
            }
        let used = margin.count + label.width
        let pieces = Self.pieces(of: value.text(), first: width - used - 1, next: width - margin.count - 3)
        for (index, piece) in pieces.enumerated() {
            let lead = index == 0 ? [Span(margin)] + label : [Span(margin + "  ")]
            let end = index == pieces.count - 1 ? [Span(comma, .faint)] : []
            lines.append(TextLine(lead + [Span(piece, style)] + end, pointer: pointer))
        }
    }

    /// A text cut into pieces that fit, nothing lost: `first` cells for the first, `next` for those that follow.
    private static func pieces(of text: String, first: Int, next: Int) -> [String] {
        var pieces: [String] = []
        var rest = Substring(text)
        var room = max(first, 8)
        while !rest.isEmpty {
            let (head, _) = TextWidth.prefix(of: String(rest), fitting: room)
            let end = rest.utf8.index(rest.startIndex, offsetBy: head.utf8.count)
            guard !head.isEmpty, end < rest.endIndex else { break }
            pieces.append(head)
            rest = rest[end...]
            room = max(next, 8)
        }
        pieces.append(String(rest))
        return pieces
    }
}

extension JSONValue {
    /// The value a JSON pointer (RFC 6901) leads to; nil where there is none.
    func value(at pointer: String) -> JSONValue? {
        var value = self
        for part in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let name = String(part.replacing("~1", with: "/").replacing("~0", with: "~"))
            let next: JSONValue? =
                switch value {
                case .object: value[name]
                case .array: Int(name).flatMap { value[$0] }
                default: nil
                }
            guard let next else { return nil }
            value = next
        }
        return value
    }
}
