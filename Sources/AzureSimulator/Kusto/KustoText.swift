/// Matching of texts.
enum KustoText {
    /// `=~`, `has`, `contains` and their kin; all but the `_cs` ones disregard case.
    static func match(_ sign: String, _ left: KustoBound, _ right: KustoBound) -> KustoBound {
        let isNegated = sign.hasPrefix("!")
        let positive = isNegated ? String(sign.dropFirst()) : sign
        let heedsCase = positive.hasSuffix("_cs")
        let base = heedsCase ? String(positive.dropLast(3)) : positive
        func folded(_ bound: KustoBound) -> KustoBound {
            heedsCase ? bound : KustoBound(.string, of: [bound]) { .string($0[0].text.lowercased()) }
        }
        return KustoBound(.bool, folded(left), folded(right)) { left, right in
            let (text, wanted) = (left.text, right.text)
            let matches =
                switch base {
                case "contains": wanted.isEmpty || find(wanted, in: text) { _, _ in true }
                case "has": find(wanted, in: text, where: isTerm)
                case "startswith": text.hasPrefix(wanted)
                case "endswith": text.hasSuffix(wanted)
                default: text == wanted
                }
            return .bool(matches != isNegated)
        }
    }

    /// Whether an occurrence of `wanted` satisfies a condition on the bytes before and behind it.
    private static func find(
        _ wanted: String,
        in text: String,
        where condition: (UInt8?, UInt8?) -> Bool
    ) -> Bool {
        let (needle, hay) = (Array(wanted.utf8), Array(text.utf8))
        guard !needle.isEmpty, needle.count <= hay.count else { return false }
        for start in 0...(hay.count - needle.count) where hay[start] == needle[0] {
            let end = start + needle.count
            guard hay[start..<end].elementsEqual(needle) else { continue }
            if condition(start > 0 ? hay[start - 1] : nil, end < hay.count ? hay[end] : nil) { return true }
        }
        return false
    }

    /// `has` finds whole terms: runs of letters and digits.
    private static func isTerm(_ before: UInt8?, _ behind: UInt8?) -> Bool {
        !isWord(before) && !isWord(behind)
    }

    private static func isWord(_ byte: UInt8?) -> Bool {
        guard let byte else { return false }
        return byte >= 0x80 || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a)
            || (byte >= 0x61 && byte <= 0x7a)
    }
}
