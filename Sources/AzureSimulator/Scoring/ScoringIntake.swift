import FoundationEssentials
import HTTPTypes
import HummingbirdCore
import NIOCore

/// How the body of a scoring request came in.
struct ScoringIntake: Sendable {
    var byteCount = 0
    var isTooLarge = false
    /// How long the bandwidth of the endpoint held it up.
    var throttledSeconds = 0.0
    /// When its last byte was there.
    var endedAt: Date?
}

extension ScoringDesk {
    /// Reads a body no faster than the endpoint's bandwidth lets it, and no further than it may be long.
    ///
    /// - Throws: Whatever ends the connection before the body does.
    func read(_ body: RequestBody, of exchange: inout Exchange, for target: ScoringTarget?, clock: SimulatorClock)
        async throws
    {
        var intake = ScoringIntake()
        defer {
            intake.endedAt = clock.now()
            exchange.intake = intake
        }
        if let announced = exchange.headers[.contentLength].flatMap({ Int($0) }), announced > largestBodyBytes {
            (intake.byteCount, intake.isTooLarge) = (announced, true)
            return
        }
        for try await buffer in body {
            intake.byteCount += buffer.readableBytes
            guard intake.byteCount <= largestBodyBytes else {
                intake.isTooLarge = true
                return
            }
            exchange.body.append(contentsOf: buffer.readableBytesView)
            guard let target else { continue }
            let seconds = bandwidth.take(buffer.readableBytes, of: target.key, now: clock.now())
            if seconds > 0 {
                intake.throttledSeconds += seconds
                try await clock.sleep(.seconds(seconds))
            }
        }
    }
}
