import AzureCore
import AzureML
import FoundationEssentials
import TestSupport

/// Two keys, operations that take time, a scoring URI that is late, a second person, and every kind of trouble: what a
/// rotation meets, from a seed.
struct ModelAzure {
    struct Regeneration {
        var slot: KeySlot
        var startedAt: Double
        /// Nil for one that never ends.
        var endsAt: Double?
        var fails: Bool
        var isOurs: Bool
    }

    static let endpoint = ResourceID("/subscriptions/s/resourceGroups/g/providers/p/workspaces/w/onlineEndpoints/churn")

    var random: SplitMix
    var now = 0.0
    /// By slot; every key ever made has a number of its own.
    var keys: [KeySlot: Int] = [.primary: 1, .secondary: 2]
    var keyCount = 2
    /// Keys that are no longer a slot's, and until when the scoring URI still takes them.
    var graceEnds: [Int: Double] = [:]
    var running: Regeneration?
    var log: [(time: Double, slot: KeySlot, isOurs: Bool, succeeded: Bool)] = []
    /// Percent of requests that meet trouble.
    let troublePercent: Int
    /// Percent of seconds in which the second person acts.
    let rivalPercent: Int
    let graceSeconds: Double
    let opSeconds: Double
    let isStuckAtTimes: Bool
    /// Until when nothing can be read at all.
    var outageEnds = 0.0

    // What the checks ask for.
    var ourRequests = 0
    var ourKeys: [Int] = []
    var rivalKeys: [Int] = []

    init(seed: UInt64) {
        var random = SplitMix(state: seed)
        troublePercent = random.pick([0, 0, 10, 30, 60])
        rivalPercent = random.pick([0, 0, 0, 1, 4])
        graceSeconds = random.pick([0, 0, 4, 45, 2_000])
        opSeconds = random.pick([0, 2, 20])
        isStuckAtTimes = random.chance(10)
        self.random = random
    }

    static func fingerprint(_ key: Int) -> KeyFingerprint? {
        let digits = String(key, radix: 16)
        return KeyFingerprint(text: String(repeating: "0", count: 10 - digits.count) + digits)
    }

    // MARK: Time

    mutating func pass(_ seconds: Double) {
        let end = now + seconds
        while now < end {
            now = min(end, now + 1)
            finishOperation()
            // Long waits would bring the rival for certain.
            if seconds < 120, random.chance(rivalPercent), running == nil { startRegeneration(ours: false) }
        }
    }

    private mutating func finishOperation() {
        guard let operation = running, let endsAt = operation.endsAt, endsAt <= now else { return }
        running = nil
        if !operation.fails { makeKey(operation.slot, isOurs: operation.isOurs) }
        log.append((now, operation.slot, operation.isOurs, !operation.fails))
    }

    private mutating func makeKey(_ slot: KeySlot, isOurs: Bool) {
        if let old = keys[slot] { graceEnds[old] = now + graceSeconds }
        keyCount += 1
        keys[slot] = keyCount
        if isOurs { ourKeys.append(keyCount) } else { rivalKeys.append(keyCount) }
    }

    private mutating func startRegeneration(ours: Bool, slot: KeySlot? = nil) {
        let slot = slot ?? random.pick(KeySlot.allCases)
        let isStuck = ours && isStuckAtTimes
        running = Regeneration(
            slot: slot,
            startedAt: now,
            endsAt: isStuck ? nil : now + opSeconds,
            fails: ours && random.chance(10),
            isOurs: ours
        )
        finishOperation()
    }

    // MARK: Requests

    private static let troubles: [AzureError.Kind] = [
        .timedOut(after: .seconds(30)), .unreachable(.reset), .serverError, .throttled(retryAfter: nil),
        .unreachable(.refused), .malformedAnswer(.truncated), .forbidden(action: nil, scope: nil),
    ]

    private mutating func trouble() -> AzureError? {
        if now < outageEnds { return AzureError(.unreachable(.refused)) }
        if random.chance(troublePercent / 10) { outageEnds = now + random.pick([5, 60, 900]) }
        guard random.chance(troublePercent) else { return nil }
        return AzureError(random.pick(Self.troubles), code: "Trouble")
    }

    private var reading: KeyReading? {
        guard let primary = keys[.primary].flatMap(Self.fingerprint),
            let secondary = keys[.secondary].flatMap(Self.fingerprint)
        else { return nil }
        return KeyReading(
            KeyFingerprints(primary: primary, secondary: secondary),
            isOperationRunning: running != nil
        )
    }

    mutating func readKeys() -> Result<KeyReading, AzureError> {
        if let trouble = trouble() { return .failure(trouble) }
        guard let reading else { return .failure(AzureError(.serverError)) }
        return .success(reading)
    }

    mutating func precheck(since: Date) -> Result<Precheck, AzureError> {
        if let trouble = trouble() { return .failure(trouble) }
        guard let reading else { return .failure(AzureError(.serverError)) }
        // The Activity Log is late, and not everybody may read it.
        let late = random.pick([0.0, 30, 600])
        let events = log.filter { $0.time >= since.timeIntervalSince1970 && $0.time + late <= now }
        let regenerations = events.map {
            KeyRegeneration(time: Date(timeIntervalSince1970: $0.time), outcome: $0.succeeded ? .succeeded : .failed)
        }
        return .success(Precheck(reading, regenerations: random.chance(20) ? nil : regenerations))
    }

    mutating func regenerate(_ slot: KeySlot) -> Result<OperationHandle, AzureError> {
        ourRequests += 1
        let trouble = trouble()
        if let trouble, !trouble.leavesOutcomeOpen || random.chance(50) { return .failure(trouble) }
        if running != nil { return .failure(AzureError(.conflict, status: 409, code: "Conflict")) }
        startRegeneration(ours: true, slot: slot)
        if let trouble { return .failure(trouble) }
        let handle = OperationHandle(
            operation: OperationName("regenerate"),
            resultURL: opSeconds == 0 ? nil : "https://a/operation",
            retryAfter: .seconds(2),
            requestID: "request"
        )
        return .success(handle)
    }

    mutating func poll(_ handle: OperationHandle) -> Result<OperationStep, AzureError> {
        if let trouble = trouble() { return .failure(trouble) }
        if let running, running.isOurs { return .success(.running(handle)) }
        guard let end = log.last(where: \.isOurs) else { return .success(.running(handle)) }
        return .success(end.succeeded ? .done : .failed(AzureError(.operationFailed(status: "Failed"))))
    }

    /// What the scoring URI says to a key by its number; nil stands for one that nobody holds.
    mutating func probe(_ key: Int?) -> KeyVerdict {
        guard let key else { return KeyVerdict(.unknown) }
        if random.chance(troublePercent / 2) { return KeyVerdict(.inconclusive, status: 503) }
        let isTaken = keys.values.contains(key) || graceEnds[key].map { $0 > now } == true
        return isTaken ? KeyVerdict(.works, status: 200) : KeyVerdict(.refused, status: 401)
    }
}
