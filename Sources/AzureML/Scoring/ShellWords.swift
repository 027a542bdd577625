/// The words a POSIX shell makes of a pasted command line, without running or expanding anything.
///
/// Single and double quotes, `$'…'`, backslashes and lines that go on are understood. A variable stays as it is
/// written: what it holds is not ours to read.
package enum ShellWords {
    /// - Throws: `CurlLineError.unterminatedQuote`.
    static func split(_ text: String) throws(CurlLineError) -> [String] {
        var reader = Reader(rest: Array(text.unicodeScalars)[...])
        var words: [String] = []
        while let word = try reader.word() { words.append(word) }
        return words
    }

    /// A word between single quotes, as a POSIX shell reads it back.
    package static func quoted(_ text: String) -> String {
        let needsNone = !text.isEmpty && text.unicodeScalars.allSatisfy(isPlain)
        return needsNone ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/", ":", "=", "@", ",", "+", "%": true
        default: false
        }
    }

    private struct Reader {
        var rest: ArraySlice<Unicode.Scalar>

        mutating func word() throws(CurlLineError) -> String? {
            skipBlanks()
            guard !rest.isEmpty else { return nil }
            var word = String.UnicodeScalarView()
            while let scalar = rest.first, !Self.isBlank(scalar) {
                rest.removeFirst()
                switch scalar {
                case "'": try readSingle(into: &word)
                case "\"": try readDouble(into: &word)
                case "\\": if let next = rest.popFirst(), next != "\n" { word.append(next) }
                case "$" where rest.first == "'":
                    rest.removeFirst()
                    try readEscaped(into: &word)
                case ";", "|", "&", ">", "<":
                    // The command ends here; what follows is another one.
                    rest = []
                    return word.isEmpty ? nil : String(word)
                default: word.append(scalar)
                }
            }
            return String(word)
        }

        private mutating func skipBlanks() {
            while let scalar = rest.first {
                if Self.isBlank(scalar) {
                    rest.removeFirst()
                } else if scalar == "\\", rest.dropFirst().first == "\n" {
                    rest.removeFirst(2)
                } else if scalar == "\\", rest.dropFirst().prefix(2).elementsEqual("\r\n".unicodeScalars) {
                    rest.removeFirst(3)
                } else {
                    return
                }
            }
        }

        private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
            scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
        }

        private mutating func readSingle(into word: inout String.UnicodeScalarView) throws(CurlLineError) {
            while let scalar = rest.popFirst() {
                if scalar == "'" { return }
                word.append(scalar)
            }
            throw .unterminatedQuote("'")
        }

        private mutating func readDouble(into word: inout String.UnicodeScalarView) throws(CurlLineError) {
            while let scalar = rest.popFirst() {
                switch scalar {
                case "\"": return
                case "\\":
                    guard let next = rest.popFirst() else { break }
                    if next == "\n" { continue }
                    if !"\"\\$`".unicodeScalars.contains(next) { word.append("\\") }
                    word.append(next)
                default: word.append(scalar)
                }
            }
            throw .unterminatedQuote("\"")
        }

        /// `$'…'` with the escapes of C.
        private mutating func readEscaped(into word: inout String.UnicodeScalarView) throws(CurlLineError) {
            while let scalar = rest.popFirst() {
                if scalar == "'" { return }
                guard scalar == "\\", let next = rest.popFirst() else {
                    word.append(scalar)
                    continue
                }
                switch next {
                case "n": word.append("\n")
                case "r": word.append("\r")
                case "t": word.append("\t")
                case "u", "U", "x": word.append(contentsOf: number(after: next))
                default: word.append(next)
                }
            }
            throw .unterminatedQuote("$'")
        }

        private mutating func number(after letter: Unicode.Scalar) -> [Unicode.Scalar] {
            let limit = letter == "x" ? 2 : letter == "u" ? 4 : 8
            let digits = rest.prefix(limit).prefix { $0.properties.isASCIIHexDigit }
            rest.removeFirst(digits.count)
            let text = String(String.UnicodeScalarView(digits))
            guard let value = UInt32(text, radix: 16), let scalar = Unicode.Scalar(value) else {
                return ["\\", letter] + digits
            }
            return [scalar]
        }
    }
}
