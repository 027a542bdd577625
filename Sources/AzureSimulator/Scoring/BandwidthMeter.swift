import FoundationEssentials
import Synchronization

/// The bandwidth of each endpoint, both directions together: more bytes than it grants come later, they do not fail (API.md f.4).
final class BandwidthMeter: Sendable {
    /// How long what the limit grants may have been saved up, in seconds; no figure is documented.
    static let savedSeconds = 0.2

    private struct Bucket {
        /// Bytes that may pass at once; negative while some are on their way that had to wait.
        var level: Double
        var filledAt: Date
    }

    private let bytesPerSecond: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    init(bytesPerSecond: Int) {
        self.bytesPerSecond = Double(bytesPerSecond)
    }

    /// Lets bytes pass.
    ///
    /// - Returns: After how many seconds they may.
    func take(_ count: Int, of endpoint: String, now: Date) -> Double {
        guard count > 0 else { return 0 }
        return buckets.withLock { buckets in
            var bucket = filled(buckets[endpoint], now)
            bucket.level -= Double(count)
            buckets[endpoint] = bucket
            return max(0, -bucket.level / bytesPerSecond)
        }
    }

    /// Whether so many bytes would have to wait.
    func wouldHold(_ count: Int, of endpoint: String, now: Date) -> Bool {
        buckets.withLock { Double(count) > filled($0[endpoint], now).level }
    }

    private func filled(_ bucket: Bucket?, _ now: Date) -> Bucket {
        let most = bytesPerSecond * Self.savedSeconds
        guard var bucket else { return Bucket(level: most, filledAt: now) }
        bucket.level = min(most, bucket.level + max(0, now.timeIntervalSince(bucket.filledAt)) * bytesPerSecond)
        bucket.filledAt = now
        return bucket
    }
}
