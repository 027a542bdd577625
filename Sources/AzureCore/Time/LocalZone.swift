#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the clock on the wall shows: how far local time is ahead of UTC at any moment.
public struct LocalZone: Sendable {
    /// Seconds east of UTC at a moment.
    public var secondsFromUTC: @Sendable (Date) -> Int

    public init(secondsFromUTC: @escaping @Sendable (Date) -> Int) {
        self.secondsFromUTC = secondsFromUTC
    }

    public static let utc = LocalZone { _ in 0 }

    /// The zone of this machine, with its changes between winter and summer.
    public static let system = LocalZone { date in
        var seconds = time_t(date.timeIntervalSince1970.rounded(.down))
        var fields = tm()
        return localtime_r(&seconds, &fields) == nil ? 0 : fields.tm_gmtoff
    }

    /// The moment at which the clock on the wall shows what a clock of UTC shows at `wall`.
    ///
    /// Where clocks are set back a time is shown twice: the earlier moment is meant then, because a credential taken
    /// for lapsed too early is renewed, while one taken for alive too long is refused. A time that is left out, where
    /// clocks are set forward, is read by the clock as it was before.
    public func date(shownAs wall: Date) -> Date {
        let day = 86_400.0
        let before = secondsFromUTC(wall.addingTimeInterval(-day))
        let after = secondsFromUTC(wall.addingTimeInterval(day))
        let candidates = [before, after].sorted(by: >).map { (offset: $0, date: wall.addingTimeInterval(-Double($0))) }
        let shown = candidates.first { secondsFromUTC($0.date) == $0.offset }
        return shown?.date ?? wall.addingTimeInterval(-Double(before))
    }
}
