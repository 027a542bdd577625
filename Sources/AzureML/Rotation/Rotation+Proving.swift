import AzureCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// From reading the keys back to the end.
extension Rotation {
    mutating func takeReadBack(_ result: Result<KeyReading, AzureError>, _ now: Date) -> [RotationAction] {
        guard phase == .readingBack, let slot, let before else { return [] }
        switch result {
        case .failure(let error):
            attempts += 1
            trouble = error
            if isRechecking { return startHandingOver() }
            guard attempts < Self.mostReadAttempts else { return end(.unknown, now) }
            return [.readBack(afterSeconds: backOff)]
        case .success(let reading):
            if isRechecking { return recheck(reading, slot, now) }
            after = reading.fingerprints
            let isOtherChanged = reading.fingerprints[slot.other] != before[slot.other]
            guard reading.fingerprints[slot] != before[slot] else {
                return takeUnchanged(reading, isOtherChanged: isOtherChanged, now)
            }
            // What Azure refused to us somebody else was granted.
            if dispatch == .refused { return end(.conflict(.slotChanged), now) }
            if let recordedAfter, recordedAfter[slot] != reading.fingerprints[slot] {
                return end(.conflict(.slotChanged), now)
            }
            if isOtherChanged { conflict = .otherSlotChanged }
            if operationEndedAt == nil { operationEndedAt = now }
            if dispatch != .failed { trouble = nil }
            return [record(.readBack, now)] + startProbing()
        }
    }

    private mutating func takeUnchanged(
        _ reading: KeyReading,
        isOtherChanged: Bool,
        _ now: Date
    ) -> [RotationAction] {
        // A key that an interrupted process saw is gone again: somebody put an old value back.
        if recordedAfter != nil { return end(.conflict(.slotChanged), now) }
        attempts += 1
        // An answer of success may be ahead of the keys, and a lost one says nothing: they are given time.
        let isDecided = dispatch == .refused || dispatch == .failed
        if !isDecided || reading.isOperationRunning, attempts < Self.mostReadAttempts {
            return [.readBack(afterSeconds: backOff)]
        }
        // Still at work after all that time: nobody can say what the slot will hold.
        if reading.isOperationRunning { return end(.unknown, now) }
        if isOtherChanged { return end(.conflict(.otherSlotChanged), now) }
        switch dispatch {
        case .refused: return end(.failedByAzure(.refused), now)
        case .failed: return end(.failedByAzure(.operationFailed), now)
        case .succeeded, .accepted: return end(.failedByAzure(.unchanged), now)
        case .answerLost, .notSent: return end(.failedByAzure(.answerLost), now)
        }
    }

    // MARK: Probing

    private mutating func startProbing() -> [RotationAction] {
        guard let payload else {
            for role in KeyRole.allCases { verdicts[role] = KeyVerdict(.notProbed) }
            if !holdsOldKey, oldKeyRefusedAt == nil { verdicts[.old] = KeyVerdict(.unknown) }
            return startHandingOver()
        }
        phase = .probing
        attempts = 0
        return [.probe(rolesToProbe, payload, afterSeconds: 0)]
    }

    private var rolesToProbe: [KeyRole] { holdsOldKey ? KeyRole.allCases : [.new, .other] }

    mutating func takeProbe(_ event: RotationEvent, _ now: Date) -> [RotationAction] {
        switch (phase, event) {
        case (.probing, .probed(let found)):
            return takeVerdicts(found, now)
        case (.watchingOldKey, .oldKeyProbed(let verdict)):
            verdicts[.old] = verdict
            return watchOldKey(now)
        case (.watchingOldKey, .skipWaiting):
            return startHandingOver()
        default: return []
        }
    }

    private mutating func takeVerdicts(_ found: [KeyRole: KeyVerdict], _ now: Date) -> [RotationAction] {
        for (role, verdict) in found { verdicts[role] = verdict }
        if !holdsOldKey, oldKeyRefusedAt == nil { verdicts[.old] = KeyVerdict(.unknown) }
        if verdicts[.new]?.finding == .refused, let payload {
            attempts += 1
            if attempts < Self.mostProbeAttempts {
                return [.probe(rolesToProbe, payload, afterSeconds: min(10, backOff))]
            }
            isRechecking = true
            return [record(.probed, now)] + startReadingBack(after: 0)
        }
        let entry = record(.probed, now)
        guard holdsOldKey else { return [entry] + startHandingOver() }
        watchedSince = now
        phase = .watchingOldKey
        return [entry] + watchOldKey(now)
    }

    private mutating func watchOldKey(_ now: Date) -> [RotationAction] {
        switch verdicts[.old]?.finding {
        case .refused:
            oldKeyRefusedAt = now
            return [record(.oldKeyRefused, now)] + startHandingOver()
        case .works, .inconclusive:
            if verdicts[.old]?.finding == .works { wasOldKeyLetIn = true }
            let watched = now.timeIntervalSince(watchedSince ?? now)
            guard watched < Self.mostWatchSeconds, let payload else { return startHandingOver() }
            return [.probeOldKey(payload, afterSeconds: watched < 60 ? 2 : 10)]
        case .unknown, .notProbed, nil:
            return startHandingOver()
        }
    }

    /// The new key is refused again and again: perhaps it is no longer the slot's.
    private mutating func recheck(_ reading: KeyReading, _ slot: KeySlot, _ now: Date) -> [RotationAction] {
        isRechecking = false
        guard reading.fingerprints[slot] == after?[slot] else {
            after = reading.fingerprints
            return end(.conflict(.slotChanged), now)
        }
        return startHandingOver()
    }

    // MARK: Handing over

    private mutating func startHandingOver() -> [RotationAction] {
        isRechecking = false
        phase = .handingOver
        return []
    }

    mutating func takeHandOver(_ event: RotationEvent, _ now: Date) -> [RotationAction] {
        switch (phase, event) {
        case (.handingOver, .handOver(let way)):
            isHandOverFailed = false
            return [.handOver(way)]
        case (.watchingOldKey, .handOver(let way)):
            return [.handOver(way)]
        case (.handingOver, .handedOver(let way, let isDone)), (.watchingOldKey, .handedOver(let way, let isDone)):
            isHandOverFailed = !isDone
            guard isDone else { return [] }
            handOvers.append(way)
            return [record(.handedOver, now, detail: way.word)]
        case (.handingOver, .finish):
            return end(proof, now)
        default: return []
        }
    }
}
