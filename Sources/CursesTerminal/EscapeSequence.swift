internal import TerminalUI

/// The sequences terminals send for keys, by the conventions of ECMA-48, xterm, rxvt and the Linux console.
enum EscapeSequence {
    /// Whether a byte after ESC begins a sequence rather than standing for Alt and a character.
    static func isIntroducer(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "O"): true
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"): true
        default: false
        }
    }

    /// The sequence that `bytes` (ESC first, at least two) begin with; nil where they begin none that is complete.
    ///
    /// With `isFinal` nothing follows: a sequence without its end is swallowed, but ESC and one character more is Alt.
    static func token(in bytes: ArraySlice<UInt8>, isFinal: Bool) -> KeyReader.Token? {
        let introducer = bytes[bytes.startIndex + 1]
        guard isIntroducer(introducer) else { return nil }
        let token =
            switch introducer {
            case UInt8(ascii: "["): control(in: bytes)
            case UInt8(ascii: "O"): singleShift(in: bytes)
            default: string(in: bytes)
            }
        if token == nil, isFinal, bytes.count > 2 { return KeyReader.Token(length: bytes.count, meaning: .nothing) }
        return token
    }

    /// `ESC O`: keys of the application keypad, and of function keys 1 to 4.
    private static func singleShift(in bytes: ArraySlice<UInt8>) -> KeyReader.Token? {
        let body = bytes.dropFirst(2)
        let digits = body.prefix { 0x30...0x39 ~= $0 }
        guard let final = body.dropFirst(digits.count).first else { return nil }
        // Not a sequence after all: leave what follows to be read by itself.
        guard 0x40...0x7E ~= final else { return KeyReader.Token(length: 2 + digits.count, meaning: .nothing) }
        return .key(letterKey(final, modifier: nil), length: 3 + digits.count)
    }

    /// `ESC [`: parameters, intermediates, and a final byte that says which it is.
    private static func control(in bytes: ArraySlice<UInt8>) -> KeyReader.Token? {
        let body = bytes.dropFirst(2)
        if body.first == UInt8(ascii: "[") {  // The Linux console's first five function keys.
            guard let letter = body.dropFirst().first else { return nil }
            let isFunction = 0x41...0x45 ~= letter
            return .key(isFunction ? .function(Int(letter) - 0x40) : nil, length: 4)
        }
        let parameters = body.prefix { 0x30...0x3F ~= $0 }
        let intermediates = body.dropFirst(parameters.count).prefix { 0x20...0x2F ~= $0 }
        let head = parameters.count + intermediates.count
        guard let final = body.dropFirst(head).first else { return nil }
        // rxvt ends some shifted keys in `$`, which here counts as an intermediate.
        guard 0x40...0x7E ~= final else { return KeyReader.Token(length: 2 + head, meaning: .nothing) }
        let length = 3 + head
        guard intermediates.isEmpty else { return KeyReader.Token(length: length, meaning: .nothing) }
        return token(final: final, parameters: parameters, length: length)
    }

    /// `ESC ]` and its like: text up to BEL or `ESC \`, an answer to a query.
    private static func string(in bytes: ArraySlice<UInt8>) -> KeyReader.Token? {
        var previous: UInt8 = 0
        for (offset, byte) in bytes.dropFirst(2).enumerated() {
            if byte == 0x07 || (previous == 0x1B && byte == UInt8(ascii: "\\")) {
                return KeyReader.Token(length: offset + 3, meaning: .nothing)
            }
            previous = byte
        }
        return nil
    }

    private static func token(final: UInt8, parameters: ArraySlice<UInt8>, length: Int) -> KeyReader.Token {
        let nothing = KeyReader.Token(length: length, meaning: .nothing)
        guard parameters.allSatisfy({ 0x30...0x39 ~= $0 || $0 == UInt8(ascii: ";") }) else { return nothing }
        let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map(number)
        let first = numbers.first ?? 0
        let modifier = numbers.count > 1 ? numbers[1] : nil
        switch final {
        case UInt8(ascii: "I") where parameters.isEmpty:
            return KeyReader.Token(length: length, meaning: .event(.focus(true)))
        case UInt8(ascii: "O") where parameters.isEmpty:
            return KeyReader.Token(length: length, meaning: .event(.focus(false)))
        case UInt8(ascii: "~"), UInt8(ascii: "^"), UInt8(ascii: "@"):
            if first == 200 { return KeyReader.Token(length: length, meaning: .pasteBegins) }
            return .key(numberKey(first, modifier: modifier), length: length)
        case UInt8(ascii: "P")...UInt8(ascii: "S") where first != 1 || numbers.count != 2:
            // An answer that reports the cursor's place looks almost like the third function key.
            return nothing
        default:
            return .key(letterKey(final, modifier: modifier), length: length)
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        digits.prefix(6).reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }

    private static func letterKey(_ letter: UInt8, modifier: Int?) -> Key? {
        switch letter {
        case UInt8(ascii: "A"), UInt8(ascii: "a"): .up
        case UInt8(ascii: "B"), UInt8(ascii: "b"): .down
        case UInt8(ascii: "C"), UInt8(ascii: "c"): .right
        case UInt8(ascii: "D"), UInt8(ascii: "d"): .left
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "M"): .enter
        case UInt8(ascii: "Z"): .backTab
        case UInt8(ascii: "P")...UInt8(ascii: "S"): function(Int(letter) - 0x4F, modifier: modifier)
        default: nil
        }
    }

    private static func numberKey(_ number: Int, modifier: Int?) -> Key? {
        switch number {
        case 1, 7: .home
        case 2: .insert
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        case 11...15: function(number - 10, modifier: modifier)
        case 17...21: function(number - 11, modifier: modifier)
        case 23...26: function(number - 12, modifier: modifier)
        case 28, 29: function(number - 13, modifier: modifier)
        case 31...34: function(number - 14, modifier: modifier)
        default: nil
        }
    }

    /// Shifted function keys count on from 13, those with Ctrl from 25, as the terminal database numbers them.
    private static func function(_ number: Int, modifier: Int?) -> Key {
        switch modifier {
        case 2: .function(number + 12)
        case 5: .function(number + 24)
        default: .function(number)
        }
    }
}
