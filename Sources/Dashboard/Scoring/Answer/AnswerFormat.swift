/// Times and sizes of single exchanges, which want finer steps than a dashboard's.
extension Format {
    /// A span as `0.4 ms`, `209 ms`, `1.24 s`, `62.3 s`.
    package static func span(_ duration: Duration) -> String {
        let milliseconds = max(0, duration / .milliseconds(1))
        switch milliseconds {
        case ..<9.95: return "\(decimal(milliseconds, digits: 1)) ms"
        case ..<999.5: return "\(decimal(milliseconds, digits: 0)) ms"
        case ..<9_995: return "\(decimal(milliseconds / 1_000, digits: 2)) s"
        default: return "\(decimal(milliseconds / 1_000, digits: 1)) s"
        }
    }

    /// A limit as `60 s` and `1.5 s`: without decimals where it has none.
    package static func limit(_ duration: Duration) -> String {
        let milliseconds = (max(0, duration / .milliseconds(1))).rounded()
        guard milliseconds >= 1_000 else { return "\(decimal(milliseconds, digits: 0)) ms" }
        let isWhole = milliseconds.truncatingRemainder(dividingBy: 1_000) == 0
        return "\(decimal(milliseconds / 1_000, digits: isWhole ? 0 : 1)) s"
    }

    /// A size as `71 B`, `1.2 kB`, `39.6 kB`, `1.50 MB`.
    package static func bytes(_ count: Int) -> String {
        switch count {
        case ..<1_000: return "\(max(0, count)) B"
        case ..<1_000_000: return "\(decimal(Double(count) / 1_000, digits: 1)) kB"
        default: return "\(decimal(Double(count) / 1_000_000, digits: 2)) MB"
        }
    }
}
