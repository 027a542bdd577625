/// What fills one cell: a scalar with at most two marks over it, packed into one word, and the columns it takes.
///
/// Every glyph made from text is safe to send to a terminal: the reader below is the only maker.
struct Glyph: Hashable, Sendable {
    /// Three fields of 21 bits: base, first mark, second mark; 0 stands for nothing.
    let bits: UInt64
    /// Columns: 1 or 2.
    let width: Int

    static let blank = Glyph(bits: 0x20, width: 1)

    /// Stands for what must not or cannot be shown faithfully.
    static let replacement = Glyph(bits: 0x25AF, width: 1)

    /// The visible picture of a control character below U+0020 or of U+007F.
    static func picture(ofControl value: UInt32) -> Glyph {
        Glyph(bits: value == 0x7F ? 0x2421 : 0x2400 + UInt64(value), width: 1)
    }

    static let scalarMask: UInt64 = 0x1F_FFFF
}

/// Reads text glyph by glyph and neutralises it on the way.
///
/// A cluster on whose width terminals disagree (joined emoji, flags, variation selectors, keycaps, conjuncts, old
/// Hangul) becomes one replacement glyph, so that what stands right of it stays in its column everywhere.
struct GlyphReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    /// - Parameter bytes: Valid UTF-8, as a `String` holds it.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The bytes read so far.
    var position: Int { index }

    /// The next glyph, or nil at the end.
    @inline(__always)
    mutating func next() -> Glyph? {
        guard index < bytes.count else { return nil }
        let byte = bytes[index]
        // A mark may follow an ASCII letter, but only a byte that is not ASCII can begin one.
        if byte >= 0x20, byte < 0x7F, index + 1 == bytes.count || bytes[index + 1] < 0x80 {
            index += 1
            return Glyph(bits: UInt64(byte), width: 1)
        }
        return nextCluster()
    }

    private mutating func nextCluster() -> Glyph {
        let value = take()
        if value < 0x20 || value == 0x7F { return .picture(ofControl: value) }
        switch value < 0x80 ? .narrow : ScalarClass(value) {
        case .narrow: return cluster(on: value, width: 1)
        case .space: return cluster(on: 0x20, width: 1)
        case .wide: return cluster(on: value, width: 2)
        case .jamo: return syllable(from: value)
        case .regional:
            if let next = peek(), ScalarClass(next) == .regional { _ = take() }
            return .replacement
        case .mark, .joining, .hidden: return .replacement
        }
    }

    /// Gathers what belongs to a base; the replacement glyph where terminals would not agree on the whole.
    private mutating func cluster(on base: UInt32, width: Int) -> Glyph {
        var bits = UInt64(base)
        var marks = 0
        var isDisputed = false
        while let next = peek() {
            switch ScalarClass(next) {
            case .mark:
                marks += 1
                if marks <= 2 { bits |= UInt64(next) << (21 * UInt64(marks)) }
                isDisputed = isDisputed || marks > 2
            case .joining:
                isDisputed = true
                if next == 0x200D, let partner = peek(after: 3), isSymbol(partner) { _ = take() }
            case .jamo where base >= 0xAC00 && base <= 0xD7A3 && next >= 0x1160:
                if marks == 0, let closed = Hangul.adding(final: next, to: UInt32(truncatingIfNeeded: bits)) {
                    bits = UInt64(closed)
                } else {
                    isDisputed = true
                }
            default: return isDisputed ? .replacement : Glyph(bits: bits, width: width)
            }
            _ = take()
        }
        return isDisputed ? .replacement : Glyph(bits: bits, width: width)
    }

    /// Modern Hangul spelt in letters, composed; other runs of letters as one replacement glyph.
    private mutating func syllable(from initial: UInt32) -> Glyph {
        if let vowel = peek(), let open = Hangul.composing(initial: initial, vowel: vowel) {
            _ = take()
            return cluster(on: open, width: 2)
        }
        while let next = peek(), ScalarClass(next) == .jamo { _ = take() }
        return .replacement
    }

    /// Whether a scalar can be the second half of a joined emoji.
    private func isSymbol(_ value: UInt32) -> Bool {
        guard value >= 0x2000 else { return false }
        let kind = ScalarClass(value)
        return kind == .narrow || kind == .wide
    }

    /// The next scalar if it is not ASCII: nothing of ASCII joins what stands before it.
    private func peek(after distance: Int = 0) -> UInt32? {
        guard index + distance < bytes.count, bytes[index + distance] >= 0x80 else { return nil }
        return decode(at: index + distance).value
    }

    private mutating func take() -> UInt32 {
        let (value, length) = decode(at: index)
        index += length
        return value
    }

    private func decode(at start: Int) -> (value: UInt32, length: Int) {
        let lead = UInt32(bytes[start])
        switch lead {
        case ..<0x80: return (lead, 1)
        case ..<0xE0: return ((lead & 0x1F) << 6 | tail(start + 1), 2)
        case ..<0xF0: return ((lead & 0x0F) << 12 | tail(start + 1) << 6 | tail(start + 2), 3)
        default:
            return ((lead & 0x07) << 18 | tail(start + 1) << 12 | tail(start + 2) << 6 | tail(start + 3), 4)
        }
    }

    private func tail(_ index: Int) -> UInt32 { UInt32(bytes[index]) & 0x3F }
}

/// The arithmetic of Hangul syllables (The Unicode Standard, section 3.12).
enum Hangul {
    static func composing(initial: UInt32, vowel: UInt32) -> UInt32? {
        guard 0x1100...0x1112 ~= initial, 0x1161...0x1175 ~= vowel else { return nil }
        return 0xAC00 + ((initial - 0x1100) * 21 + vowel - 0x1161) * 28
    }

    /// The syllable closed by a final consonant; nil where it is closed already or `final` is none.
    static func adding(final: UInt32, to syllable: UInt32) -> UInt32? {
        guard 0xAC00...0xD7A3 ~= syllable, (syllable - 0xAC00) % 28 == 0, 0x11A8...0x11C2 ~= final else { return nil }
        return syllable + final - 0x11A7
    }
}
