/// One column of one row: a grapheme with its width, or the right half of a wide one.
///
/// Only `CellBuffer` makes cells from text, so a cell never holds anything that a terminal would obey.
package struct Cell: Hashable, Sendable {
    /// Base scalar and up to two marks, 21 bits each; 0 in the right half of a wide grapheme.
    let glyph: UInt64
    private let columns: UInt8
    package internal(set) var style: Style

    /// An empty cell.
    package static let blank = Cell(.blank, style: .text)

    init(_ glyph: Glyph, style: Style) {
        self.glyph = glyph.bits
        self.columns = UInt8(truncatingIfNeeded: glyph.width)
        self.style = style
    }

    private init(rightHalfIn style: Style) {
        glyph = 0
        columns = 0
        self.style = style
    }

    static func rightHalf(style: Style) -> Cell { Cell(rightHalfIn: style) }

    /// All but the glyph, as a number.
    var look: UInt64 { UInt64(columns) << 16 | UInt64(style.code) }

    /// Columns: 1, 2 for the left half of a wide grapheme, 0 for its right half.
    package var width: Int { Int(columns) }

    /// The scalar the grapheme is built on; U+0000 in the right half of a wide one.
    package var base: UInt32 { UInt32(truncatingIfNeeded: glyph & Glyph.scalarMask) }

    /// The first mark over the base, or 0.
    package var firstMark: UInt32 { UInt32(truncatingIfNeeded: glyph >> 21 & Glyph.scalarMask) }

    /// The second mark over the base, or 0.
    package var secondMark: UInt32 { UInt32(truncatingIfNeeded: glyph >> 42 & Glyph.scalarMask) }

    /// The grapheme; empty in the right half of a wide one.
    package var text: String {
        var scalars = String.UnicodeScalarView()
        for value in [base, firstMark, secondMark] where value != 0 {
            if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}
