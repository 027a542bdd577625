import AzureCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Rotation {
    /// Takes one event and answers with what has to be done, in order.
    ///
    /// An event that does not fit the phase (an answer that comes late, a key pressed twice) changes nothing.
    ///
    /// - Parameters:
    ///   - event: What the person chose, or what came of an action.
    ///   - now: The time by Azure's clock.
    /// - Returns: Nothing where the rotation waits for the person, or for what it asked for before.
    public mutating func advance(_ event: RotationEvent, at now: Date) -> [RotationAction] {
        switch event {
        case .begin: return begin(now)
        case .cancel: return cancel(now)
        case .choose, .proceed, .choosePayload, .type, .goBack: return choose(event, now)
        case .keysRead(let result): return takeKeys(result, now)
        case .callersRead(let result):
            callers = result
            return []
        case .prechecked(let result): return takePrecheck(result, now)
        case .sent(let result): return takeSent(result, now)
        case .polled(let result): return takePoll(result, now)
        case .readBack(let result): return takeReadBack(result, now)
        case .probed, .oldKeyProbed, .skipWaiting: return takeProbe(event, now)
        case .handOver, .handedOver, .finish: return takeHandOver(event, now)
        }
    }

    private mutating func begin(_ now: Date) -> [RotationAction] {
        if beganAt == nil { beganAt = now }
        switch phase {
        case .opening: return [.readKeys]
        case .following: return operation.map { [.poll($0, afterSeconds: 0)] } ?? startReadingBack(after: 0)
        case .readingBack: return [.readBack(afterSeconds: 0)]
        default: return []
        }
    }

    /// Before the request is sent leaving ends it; while Azure works on it leaving changes nothing; later it ends with
    /// what is proven.
    private mutating func cancel(_ now: Date) -> [RotationAction] {
        switch phase {
        case .opening, .choosingSlot, .reviewingCallers, .confirming, .prechecking:
            return end(.nothingSent(.cancelled), now)
        case .probing, .watchingOldKey, .handingOver: return end(proof, now)
        case .sending, .following, .readingBack, .ended: return []
        }
    }

    // MARK: Choices

    private mutating func choose(_ event: RotationEvent, _ now: Date) -> [RotationAction] {
        switch (phase, event) {
        case (.choosingSlot, .choose(let slot)):
            self.slot = slot
            phase = .reviewingCallers
            return [record(.slotChosen, now)] + (callers == nil ? [.readCallers(hours: CallerReport.usualHours)] : [])
        case (.reviewingCallers, .proceed):
            phase = .confirming
        case (.confirming, .choosePayload(let payload)):
            self.payload = payload
        case (.confirming, .type(let name)):
            // Names are told apart by letter here: it is the hand that is checked, not Azure's grammar.
            isNameWrong = name != endpoint.name
            guard !isNameWrong else { return [] }
            phase = .prechecking
            return [record(.confirmed, now), .precheck(since: beganAt ?? now)]
        case (.confirming, .goBack):
            isNameWrong = false
            phase = .reviewingCallers
        case (.reviewingCallers, .goBack):
            phase = .choosingSlot
        default: break
        }
        return []
    }

    private mutating func takeKeys(_ result: Result<KeyReading, AzureError>, _ now: Date) -> [RotationAction] {
        guard phase == .opening else { return [] }
        switch result {
        case .failure(let error):
            trouble = error
            return end(.nothingSent(.unreadable), now)
        case .success(let reading):
            holdsOldKey = true
            guard let slot, let known = before else {
                before = reading.fingerprints
                phase = .choosingSlot
                return []
            }
            // Goes on where another process was interrupted before it sent anything.
            guard reading.fingerprints == known else {
                return end(.conflict(change(to: reading.fingerprints, slot)), now)
            }
            phase = .reviewingCallers
            return [.readCallers(hours: CallerReport.usualHours)]
        }
    }

    // MARK: Sending

    private mutating func takePrecheck(_ result: Result<Precheck, AzureError>, _ now: Date) -> [RotationAction] {
        guard phase == .prechecking, let slot else { return [] }
        switch result {
        case .failure(let error):
            trouble = error
            return end(.nothingSent(.precheckFailed), now)
        case .success(let precheck):
            self.precheck = precheck
            if precheck.reading.fingerprints != before {
                return end(.conflict(change(to: precheck.reading.fingerprints, slot)), now)
            }
            if precheck.reading.isOperationRunning { return end(.conflict(.operationRunning), now) }
            if let regenerations = precheck.regenerations, regenerations.contains(where: { $0.outcome != .failed }) {
                return end(.conflict(.regeneratedSince), now)
            }
            phase = .sending
            sentAt = now
            return [record(.sending, now), .regenerate(slot)]
        }
    }

    private func change(to present: KeyFingerprints, _ slot: KeySlot) -> RotationOutcome.Conflict {
        present[slot] != before?[slot] ? .slotChanged : .otherSlotChanged
    }

    private mutating func takeSent(_ result: Result<OperationHandle, AzureError>, _ now: Date) -> [RotationAction] {
        guard phase == .sending else { return [] }
        switch result {
        case .success(let handle):
            note(requestID: handle.requestID)
            dispatch = .accepted
            operation = handle
            trouble = nil
            guard !handle.isDone else {
                dispatch = .succeeded
                operationEndedAt = now
                return [record(.operationEnded, now)] + startReadingBack(after: 0)
            }
            phase = .following
            return [record(.accepted, now), .poll(handle, afterSeconds: seconds(handle.wait))]
        case .failure(let error):
            trouble = error
            note(requestID: error.requestID)
            if error.wasNeverSent {
                sentAt = nil
                return end(.nothingSent(.notSendable), now)
            }
            if error.kind == .conflict { return end(.conflict(.operationRunning), now) }
            dispatch = error.leavesOutcomeOpen ? .answerLost : .refused
            let entry = record(dispatch == .refused ? .refused : .answerLost, now, detail: error.code)
            return [entry] + startReadingBack(after: dispatch == .refused ? 0 : 3)
        }
    }

    private mutating func takePoll(_ result: Result<OperationStep, AzureError>, _ now: Date) -> [RotationAction] {
        guard phase == .following else { return [] }
        switch result {
        case .success(.running(let handle)):
            attempts = 0
            trouble = nil
            operation = handle
            guard now.timeIntervalSince(sentAt ?? now) < Self.mostFollowSeconds else {
                dispatch = .answerLost
                return startReadingBack(after: 0)
            }
            return [.poll(handle, afterSeconds: seconds(handle.wait))]
        case .success(.done):
            dispatch = .succeeded
            operationEndedAt = now
            return [record(.operationEnded, now)] + startReadingBack(after: 0)
        case .success(.failed(let error)):
            dispatch = .failed
            operationEndedAt = now
            trouble = error
            note(requestID: error.requestID)
            return [record(.operationEnded, now, detail: error.code ?? "Failed")] + startReadingBack(after: 0)
        case .failure(let error):
            attempts += 1
            trouble = error
            // The keys tell as well what became of it.
            guard attempts < Self.mostPollFailures, let operation else {
                dispatch = .answerLost
                return startReadingBack(after: 5)
            }
            return [.poll(operation, afterSeconds: backOff)]
        }
    }

    // MARK: Pieces

    mutating func startReadingBack(after seconds: Double) -> [RotationAction] {
        phase = .readingBack
        attempts = 0
        return [.readBack(afterSeconds: seconds)]
    }

    mutating func end(_ outcome: RotationOutcome, _ now: Date) -> [RotationAction] {
        phase = .ended(outcome)
        // Before a slot was chosen there is nothing to tell.
        return (slot == nil ? [] : [record(.ended, now, outcome: outcome, detail: trouble?.code)]) + [.forget]
    }

    /// Grows with every attempt that told nothing, up to half a minute.
    var backOff: Double { min(30, Double(1 << min(attempts, 5))) }

    private func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    private mutating func note(requestID: String?) {
        if let requestID, !requestIDs.contains(requestID) { requestIDs.append(requestID) }
    }

    mutating func record(
        _ event: JournalEntry.Event,
        _ now: Date,
        outcome: RotationOutcome? = nil,
        detail: String? = nil
    ) -> RotationAction {
        entryCount += 1
        return .record(
            JournalEntry(
                rotation: id,
                number: entryCount,
                at: now,
                who: who,
                event: event,
                endpoint: endpoint,
                slot: slot ?? .primary,
                before: before,
                after: after,
                verdicts: verdicts,
                oldKeyWorkedSeconds: oldKeyWorkedSeconds,
                requestIDs: requestIDs,
                operation: operation,
                outcome: outcome,
                detail: detail
            )
        )
    }
}

extension AzureError {
    /// Whether a request that failed so never left this machine, or met nobody.
    fileprivate var wasNeverSent: Bool {
        switch kind {
        case .readOnly, .insecureTransport, .tokenForOtherHost, .configuration, .noCredential, .signedOut,
            .untrustedCertificate:
            true
        case .unreachable(.nameNotFound), .unreachable(.refused), .unreachable(.noRoute),
            .unreachable(.proxyNeedsSignIn), .unreachable(.refusedByProxy):
            true
        default: false
        }
    }
}
