/// Reads a program's output as strictly as a terminal does, and tells what is neither text nor a sequence that belongs
/// to the drawing of a screen.
struct TerminalSequences {
    /// What must not have been sent, as it came.
    private(set) var strangers: [String] = []

    /// What follows `ESC [` with numbers between: movements, clearing, repeating, scrolling and colours.
    private static let finals = Set("ABCDGHJKLMPSTXYZ@bdfmr".utf8)
    /// Private modes that ncurses or amltop switch: cursor keys, wrapping, cursor, focus, screen, paste, whole frames.
    private static let modes: Set<String> = ["1", "7", "12", "25", "1004", "1049", "2004", "2026"]
    private static let controls: Set<UInt8> = [0x08, 0x0A, 0x0D]

    init(of output: [UInt8]) {
        var rest = output[...]
        while let byte = rest.first {
            if byte == 0x1B {
                let length = Self.length(of: rest)
                let sequence = Array(rest.prefix(length))
                if !Self.isMeant(sequence) { strangers.append(String(decoding: sequence.dropFirst(), as: UTF8.self)) }
                rest = rest.dropFirst(length)
                continue
            }
            if byte < 0x20 && !Self.controls.contains(byte) || byte == 0x7F { strangers.append("\\x\(byte)") }
            // The controls from U+0080 on, as UTF-8 and as a single byte.
            if byte == 0xC2, let next = rest.dropFirst().first, next < 0xA0 { strangers.append("U+00\(next)") }
            rest = rest.dropFirst()
        }
        let text = String(decoding: output, as: UTF8.self)
        if text.utf8.count != output.count || !text.utf8.elementsEqual(output) { strangers.append("broken UTF-8") }
    }

    private static func length(of rest: ArraySlice<UInt8>) -> Int {
        let bytes = Array(rest.prefix(64))
        guard bytes.count > 1 else { return bytes.count }
        switch bytes[1] {
        case UInt8(ascii: "["):
            let end = bytes.dropFirst(2).firstIndex { (0x40...0x7E).contains($0) }
            return (end ?? bytes.count - 1) + 1
        case UInt8(ascii: "("), UInt8(ascii: ")"): return min(3, bytes.count)
        default: return 2
        }
    }

    private static func isMeant(_ sequence: [UInt8]) -> Bool {
        guard sequence.count > 1, let final = sequence.last else { return false }
        switch sequence[1] {
        case UInt8(ascii: "["): break
        case UInt8(ascii: "("), UInt8(ascii: ")"): return final == UInt8(ascii: "B")
        // Keypad and saved cursor.
        default: return "=>78M".utf8.contains(sequence[1])
        }
        let parameters = String(decoding: sequence.dropFirst(2).dropLast(), as: UTF8.self)
        if parameters.hasPrefix("?") {
            let isMode = final == UInt8(ascii: "h") || final == UInt8(ascii: "l")
            return isMode && parameters.dropFirst().split(separator: ";").allSatisfy { modes.contains(String($0)) }
        }
        // The title of the window is put away and taken back, never set.
        if final == UInt8(ascii: "t") { return ["22;0;0", "23;0;0"].contains(parameters) }
        if final == UInt8(ascii: "l") || final == UInt8(ascii: "h") { return parameters == "4" }
        return finals.contains(final) && parameters.utf8.allSatisfy { (0x30...0x3B).contains($0) }
    }
}
