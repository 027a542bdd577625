/// Numbers that follow from a seed alone (SplitMix64), so that any moment of the world can be made again.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    private static let origin: UInt64 = 0x9e37_79b9_7f4a_7c15

    @inline(__always)
    init(_ first: UInt64) {
        state = Self.mix(Self.origin ^ Self.mix(first))
    }

    @inline(__always)
    init(_ first: UInt64, _ second: UInt64) {
        state = Self.mix(Self.mix(Self.origin ^ Self.mix(first)) ^ Self.mix(second))
    }

    @inline(__always)
    init(_ first: UInt64, _ second: UInt64, _ third: UInt64) {
        self.init(first, second)
        state = Self.mix(state ^ Self.mix(third))
    }

    @inline(__always)
    mutating func next() -> UInt64 {
        state &+= Self.origin
        return Self.mix(state)
    }

    /// 0 ..< 1.
    @inline(__always)
    mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A standard normal variate.
    @inline(__always)
    mutating func normal() -> Double {
        // The sum of four uniforms, scaled; its tails end at 3.5, which a latency can do without.
        (unit() + unit() + unit() + unit() - 2) * 1.732_050_807_568_877_2
    }

    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

extension UInt64 {
    /// FNV-1a over UTF-8: a name as a number that is the same in every run.
    init(name: some StringProtocol) {
        self = name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

/// Identifiers in Azure's spelling.
enum GUID {
    /// A version 4 GUID in lower case.
    static func text(_ random: inout some RandomNumberGenerator) -> String {
        text(random.next(), random.next())
    }

    /// The version 4 GUID made of 128 bits.
    static func text(_ high: UInt64, _ low: UInt64) -> String {
        let h = (high & ~0xf000) | 0x4000
        let l = (low & ~(0xc << 60)) | (0x8 << 60)
        return String(unsafeUninitializedCapacity: 36) { buffer in
            var position = 0
            for nibble in 0..<32 {
                if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
                    buffer[position] = UInt8(ascii: "-")
                    position += 1
                }
                let half = nibble < 16 ? h : l
                let digit = UInt8(truncatingIfNeeded: half >> UInt64((15 - nibble % 16) * 4)) & 0xf
                buffer[position] = digit < 10 ? digit + 0x30 : digit + 0x57
                position += 1
            }
            return position
        }
    }

    /// Hexadecimal digits in lower case.
    static func hex(_ value: UInt64, _ width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    static func isValid(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }
}
