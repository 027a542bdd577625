extension JSONValue {
    /// The value as JSON text.
    ///
    /// Control characters and those that change the direction of text are escaped, so that the text is safe to print.
    ///
    /// - Parameter pretty: One member a line, two spaces a level; otherwise without any white space.
    /// - Returns: The text, without a line break at its end.
    public func text(pretty: Bool = false) -> String {
        var writer = JSONWriter(pretty: pretty)
        writer.write(self)
        return writer.text
    }
}

private struct JSONWriter {
    let pretty: Bool
    var text = ""
    private var level = 0

    init(pretty: Bool) {
        self.pretty = pretty
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let number): text += number.text
        case .string(let string): write(string: string)
        case .array(let elements):
            write(elements, between: "[", and: "]") { writer, element in writer.write(element) }
        case .object(let object):
            write(object.members, between: "{", and: "}") { writer, member in
                writer.write(string: member.name)
                writer.text += writer.pretty ? ": " : ":"
                writer.write(member.value)
            }
        }
    }

    private mutating func write<Item>(
        _ items: [Item],
        between open: String,
        and close: String,
        _ body: (inout JSONWriter, Item) -> Void
    ) {
        text += open
        level += 1
        for (index, item) in items.enumerated() {
            if index > 0 { text += "," }
            breakLine()
            body(&self, item)
        }
        level -= 1
        if !items.isEmpty { breakLine() }
        text += close
    }

    private mutating func breakLine() {
        guard pretty else { return }
        text += "\n"
        for _ in 0..<level { text += "  " }
    }

    private mutating func write(string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.needsEscape: text += scalar.jsonEscape
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension Unicode.Scalar {
    /// Whether it would act on a terminal or on the text around it: control characters (C0, DEL, C1), line and paragraph
    /// separators, marks and overrides of direction, the BOM.
    package var needsEscape: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0x061C, 0xFEFF: true
        default: false
        }
    }

    /// `\u202e`; four digits, as none that needs it is beyond the first plane.
    package var jsonEscape: String {
        let digits = String(value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
