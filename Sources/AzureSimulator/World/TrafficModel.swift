#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How much is asked of an endpoint when.
enum TrafficModel {
    static let ticksPerMinute: Int64 = 600_000_000

    /// Minutes since 1970.
    static func minute(of ticks: Int64) -> Int64 {
        ticks.dividedFloor(by: ticksPerMinute).quotient
    }

    /// The shape of a day in Korea: a peak, a quiet night, a mean of 1.
    static func dailyShape(minute: Int64, peakHour: Double) -> Double {
        let ofDay = (minute + 9 * 60).dividedFloor(by: 1_440).remainder
        let angle = (Double(ofDay) / 60 - peakHour) / 24 * 2 * Double.pi
        return 1 + 0.72 * cos(angle) + 0.1 * cos(2 * angle)
    }

    /// Slow noise around 1, smooth from minute to minute.
    static func wobble(minute: Int64, salt: UInt64) -> Double {
        let (block, rest) = minute.dividedFloor(by: 10)
        let position = Double(rest) / 10
        return level(block, salt) * (1 - position) + level(block + 1, salt) * position
    }

    private static func level(_ block: Int64, _ salt: UInt64) -> Double {
        var random = SeededRandom(salt, UInt64(bitPattern: block), 17)
        return 0.82 + 0.36 * random.unit()
    }

    /// A whole number with the mean `rate`.
    static func count(rate: Double, _ random: inout SeededRandom) -> Int {
        guard rate > 0 else { return 0 }
        if rate > 40 {
            return max(0, Int((rate + rate.squareRoot() * random.normal()).rounded()))
        }
        // Knuth: count how many uniforms it takes to multiply below e^-rate.
        let limit = exp(-rate)
        var product = random.unit()
        var count = 0
        while product > limit {
            product *= random.unit()
            count += 1
        }
        return count
    }
}
