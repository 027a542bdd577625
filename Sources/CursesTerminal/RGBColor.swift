/// A colour by its three parts, each 0–255.
struct RGBColor: Hashable, Sendable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8

    /// - Parameter hex: As `0xRRGGBB`.
    init(_ hex: UInt32) {
        red = UInt8(truncatingIfNeeded: hex >> 16)
        green = UInt8(truncatingIfNeeded: hex >> 8)
        blue = UInt8(truncatingIfNeeded: hex)
    }

    /// As `0xRRGGBB`: the number curses has for it on a terminal of direct colours.
    var hex: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }

    /// The square of the distance to another one.
    func distance(to other: RGBColor) -> Int {
        let (red, green, blue) = (
            Int(red) - Int(other.red), Int(green) - Int(other.green), Int(blue) - Int(other.blue)
        )
        return red * red + green * green + blue * blue
    }
}

/// The upper 240 of xterm's 256 colours, which all terminals of so many show alike: a cube of 216, then 24 greys.
enum ColorCube {
    static let indices = 16...255

    private static let levels: [UInt32] = [0, 95, 135, 175, 215, 255]

    /// The colour at an index of `indices`.
    static func color(at index: Int) -> RGBColor {
        if index >= 232 {
            let level = UInt32(8 + 10 * (index - 232))
            return RGBColor(level << 16 | level << 8 | level)
        }
        let place = index - 16
        return RGBColor(levels[place / 36] << 16 | levels[place / 6 % 6] << 8 | levels[place % 6])
    }

    /// The index of the colour that is most like this one.
    static func nearest(to color: RGBColor) -> Int {
        indices.min { self.color(at: $0).distance(to: color) < self.color(at: $1).distance(to: color) } ?? 16
    }
}
