internal import TerminalUI

/// Bytes as a hex picture, sixteen a line.
enum HexRows {
    static let bytesInRow = 16

    static func count(of bytes: [UInt8]) -> Int { (bytes.count + bytesInRow - 1) / bytesInRow }

    static func range(_ row: Int, of bytes: [UInt8]) -> Range<Int> {
        let start = min(row * bytesInRow, bytes.count)
        return start..<min(start + bytesInRow, bytes.count)
    }

    /// Where a row begins, its bytes, and, where there is room for it, what of them is ASCII.
    static func spans(_ row: Int, of bytes: [UInt8], width: Int) -> [Span] {
        let range = range(row, of: bytes)
        let address = String(range.lowerBound, radix: 16)
        var spans = [Span(String(repeating: "0", count: max(0, 6 - address.count)) + address + "  ", .faint)]
        var digits = hex(bytes[range.prefix(8)])
        if range.count > 8 { digits += "  " + hex(bytes[range.dropFirst(8)]) }
        let full = bytesInRow * 3
        spans.append(Span(digits + String(repeating: " ", count: full - digits.utf8.count), .text))
        guard width >= 8 + full + 2 + bytesInRow else { return spans }
        spans.append(Span("  "))
        return spans + ascii(bytes[range])
    }

    static func hex(_ bytes: ArraySlice<UInt8>) -> String {
        var text = ""
        for byte in bytes {
            if !text.isEmpty { text += " " }
            if byte < 16 { text += "0" }
            text += String(byte, radix: 16)
        }
        return text
    }

    /// Runs of bytes that are letters, and of bytes that are not.
    private static func ascii(_ bytes: ArraySlice<UInt8>) -> [Span] {
        var spans: [Span] = []
        for byte in bytes {
            let isShown = (0x20..<0x7F).contains(byte)
            let style: Style = isShown ? .accent : .faint
            let letter = isShown ? String(UnicodeScalar(byte)) : "."
            if spans.last?.style == style {
                spans[spans.count - 1].text += letter
            } else {
                spans.append(Span(letter, style))
            }
        }
        return spans
    }
}
