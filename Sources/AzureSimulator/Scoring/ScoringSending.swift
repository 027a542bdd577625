import FoundationEssentials
import HTTPTypes
import Synchronization

/// The way of an answer to the client: no faster than the endpoint's bandwidth, and into the log when it is over.
struct ScoringSending: Sendable {
    let target: ScoringTarget
    let exchange: Exchange
    let caller: ScoringAccess.Caller
    let result: ScoringResult

    private static let sliceBytes = 1 << 16
    private static let requestDelay = "ms-azureml-bandwidth-request-delay-ms"
    private static let responseDelay = "ms-azureml-bandwidth-response-delay-ms"

    private var clock: SimulatorClock { target.services.options.clock }
    private var bandwidth: BandwidthMeter { target.services.scoring.bandwidth }

    /// What has left so far.
    private final class Progress: Sendable {
        struct State {
            var bytes = 0
            var delaySeconds = 0.0
            var breakReason: String?
        }
        let state = Mutex(State())
    }

    /// The answer, told to keep to the bandwidth where it has to, and to write its row when it ends.
    func reply(_ reply: Reply) -> Reply {
        var reply = reply
        let progress = Progress()
        let count = reply.body.count
        let isHeld =
            exchange.intake.throttledSeconds > 0 || bandwidth.wouldHold(count, of: target.key, now: clock.now())
        if reply.parts != nil || isHeld {
            reply.parts = parts(of: reply, progress, withTrailers: isHeld)
            if isHeld { reply = reply.with("Trailer", "\(Self.requestDelay), \(Self.responseDelay)") }
        } else {
            _ = bandwidth.take(count, of: target.key, now: clock.now())
            progress.state.withLock { $0.bytes = count }
        }
        let status = reply.status
        let firstByteAt = clock.now()
        reply.onEnd = { isWhole in
            let facts = facts(status: status, firstByteAt: firstByteAt, progress, isWhole: isWhole)
            target.services.world.served?.note(ServedRequest(facts), of: target.key, endTicks: clock.now().ticks)
        }
        return reply
    }

    private func parts(
        of reply: Reply,
        _ progress: Progress,
        withTrailers: Bool
    ) -> @Sendable (ReplyParts) async throws -> Void {
        let (make, body) = (reply.parts, reply.body)
        return { parts in
            var parts = parts
            parts.pace = { count in
                let seconds = bandwidth.take(count, of: target.key, now: clock.now())
                progress.state.withLock {
                    $0.bytes += count
                    $0.delaySeconds += seconds
                }
                if seconds > 0 { try await clock.sleep(.seconds(seconds)) }
            }
            do {
                if let make {
                    try await make(parts)
                } else {
                    for start in stride(from: 0, to: body.count, by: Self.sliceBytes) {
                        try await parts.write(Array(body[start..<min(start + Self.sliceBytes, body.count)]))
                    }
                }
            } catch let reason as ScoringStream.Break {
                let words = reason == .timeout ? "upstream request timeout" : "upstream_reset"
                progress.state.withLock { $0.breakReason = words }
                throw reason
            }
            if withTrailers { parts.end(with: trailers(progress)) }
        }
    }

    private func trailers(_ progress: Progress) -> HTTPFields {
        var fields = HTTPFields()
        fields.set(Self.requestDelay, String(Self.milliseconds(exchange.intake.throttledSeconds)))
        fields.set(Self.responseDelay, String(Self.milliseconds(progress.state.withLock { $0.delaySeconds })))
        return fields
    }

    private func facts(
        status: Int,
        firstByteAt: Date,
        _ progress: Progress,
        isWhole: Bool
    ) -> ServedRequest.Facts {
        let sent = progress.state.withLock { $0 }
        let startedAt = exchange.now
        func since(_ date: Date) -> Int32 { Self.milliseconds(date.timeIntervalSince(startedAt)) }
        var facts = ServedRequest.Facts(
            startTicks: startedAt.ticks,
            method: exchange.method.rawValue,
            path: target.path,
            requestID: exchange.requestID
        )
        facts.responseCode = Int32(status)
        facts.responseCodeReason = isWhole ? result.reason : sent.breakReason ?? FrontDoorRefusal.clientGone.reason
        facts.modelStatusCode = result.modelStatus.map { Int32($0) }
        facts.modelStatusReason = result.modelReason
        facts.requestPayloadSize = Int32(clamping: exchange.intake.byteCount)
        facts.responsePayloadSize = Int32(clamping: sent.bytes)
        facts.userAgent = String((exchange.header("User-Agent") ?? "").prefix(70))
        facts.clientRequestID = exchange.clientRequestID ?? ""
        facts.totalDuration = since(clock.now())
        facts.requestDuration = since(exchange.intake.endedAt ?? startedAt)
        facts.responseDuration = result.modelStatus == nil ? 0 : since(firstByteAt)
        facts.requestThrottlingDelay = Self.milliseconds(exchange.intake.throttledSeconds)
        facts.responseThrottlingDelay = Self.milliseconds(sent.delaySeconds)
        facts.identity = caller.identity
        facts.deployment = result.deployment.map { Int16($0.index) } ?? -1
        facts.exception = result.exception
        facts.isPinned = exchange.pinnedDeployment != nil
        return facts
    }

    private static func milliseconds(_ seconds: Double) -> Int32 {
        Int32(clamping: Int64((max(0, seconds) * 1_000).rounded()))
    }
}
