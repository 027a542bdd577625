import Dashboard
import FoundationEssentials
import Glibc

extension ZoneOffset {
    /// What the system says of local time at an instant; FoundationEssentials knows no named zones.
    static func local(at date: Date) -> ZoneOffset {
        var seconds = time_t(date.timeIntervalSince1970.rounded(.down))
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return .utc }
        let abbreviation = parts.tm_zone.map { String(cString: $0) } ?? ""
        return ZoneOffset(seconds: parts.tm_gmtoff, abbreviation: abbreviation)
    }
}
