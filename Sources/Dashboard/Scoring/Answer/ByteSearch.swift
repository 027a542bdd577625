/// A word that is looked for in bytes, without making texts of them.
struct ByteSearch {
    private let word: String
    /// In lower case.
    private let needle: [UInt8]
    private let isASCII: Bool

    init(_ word: String) {
        self.word = word.lowercased()
        needle = Array(self.word.utf8)
        isASCII = needle.allSatisfy { $0 < 0x80 }
    }

    /// Whether it stands in a part of some bytes, the case of ASCII letters aside.
    func isFound(in bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard let first = needle.first, range.count >= needle.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            for start in range.lowerBound...(range.upperBound - needle.count) where Self.lower(bytes[start]) == first {
                var index = 1
                while index < needle.count, Self.lower(bytes[start + index]) == needle[index] { index += 1 }
                if index == needle.count { return true }
            }
            return false
        }
    }

    func isFound(in text: String) -> Bool {
        let bytes = Array(text.utf8)
        if isFound(in: bytes, bytes.indices) { return true }
        return !isASCII && text.lowercased().contains(word)
    }

    /// Whether a part of a JSON text could say the word in another way: letters beyond ASCII may be written as escapes.
    func needsDecoding(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard !isASCII, bytes[range].first == UInt8(ascii: "\"") else { return false }
        return bytes[range].contains { $0 == UInt8(ascii: "\\") || $0 >= 0x80 }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
