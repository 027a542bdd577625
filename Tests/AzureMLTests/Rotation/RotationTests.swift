import AzureCore
import AzureML
import FoundationEssentials
import Testing

/// A rotation step by step, every action named.
@Suite struct RotationTests {
    private let start = Date(timeIntervalSince1970: 1_764_000_000)

    private func fingerprints(_ primary: Int, _ secondary: Int) throws -> KeyFingerprints {
        KeyFingerprints(
            primary: try #require(ModelAzure.fingerprint(primary)),
            secondary: try #require(ModelAzure.fingerprint(secondary))
        )
    }

    private func reading(_ primary: Int, _ secondary: Int, isRunning: Bool = false) throws -> KeyReading {
        KeyReading(try fingerprints(primary, secondary), isOperationRunning: isRunning)
    }

    private var fresh: Rotation { Rotation(id: "r", endpoint: ModelAzure.endpoint, who: "tester") }

    /// One that waits for its name.
    private func confirming(_ payload: ProbePayload? = .emptyObject) throws -> Rotation {
        var rotation = fresh
        _ = rotation.advance(.begin, at: start)
        _ = rotation.advance(.keysRead(.success(try reading(1, 2))), at: start)
        _ = rotation.advance(.choose(.secondary), at: start)
        _ = rotation.advance(.proceed, at: start)
        _ = rotation.advance(.choosePayload(payload), at: start)
        return rotation
    }

    /// One whose request is on its way.
    private func sending() throws -> Rotation {
        var rotation = try confirming()
        _ = rotation.advance(.type("churn"), at: start)
        _ = rotation.advance(.prechecked(.success(Precheck(try reading(1, 2), regenerations: []))), at: start)
        #expect(rotation.phase == .sending)
        return rotation
    }

    private let handle = OperationHandle(
        operation: OperationName("regenerate"),
        resultURL: "https://a/o",
        retryAfter: .seconds(2),
        requestID: "q"
    )

    @Test func theStraightWay() throws {
        var rotation = fresh
        #expect(rotation.advance(.begin, at: start) == [.readKeys])
        #expect(rotation.advance(.keysRead(.success(try reading(1, 2))), at: start) == [])
        #expect(rotation.phase == .choosingSlot)
        #expect(rotation.slot == nil, "there is no default")
        let chosen = rotation.advance(.choose(.secondary), at: start)
        #expect(chosen.map(\.word) == ["record slotChosen", "readCallers"])
        let report = CallerReport(hours: 24, callers: [])
        #expect(rotation.advance(.callersRead(.success(report)), at: start) == [])
        #expect(rotation.advance(.proceed, at: start) == [])
        #expect(rotation.advance(.choosePayload(.emptyObject), at: start) == [])
        let typed = rotation.advance(.type("churn"), at: start)
        #expect(typed.map(\.word) == ["record confirmed", "precheck"])
        let checked = rotation.advance(
            .prechecked(.success(Precheck(try reading(1, 2), regenerations: []))),
            at: start
        )
        #expect(checked.map(\.word) == ["record sending", "regenerate secondary"])
        let sent = rotation.advance(.sent(.success(handle)), at: start)
        #expect(sent.map(\.word) == ["record accepted", "poll 2.0"])
        #expect(rotation.advance(.polled(.success(.running(handle))), at: start).map(\.word) == ["poll 2.0"])
        let ended = rotation.advance(.polled(.success(.done)), at: start.addingTimeInterval(3))
        #expect(ended.map(\.word) == ["record operationEnded", "readBack 0.0"])
        let read = rotation.advance(.readBack(.success(try reading(1, 3))), at: start.addingTimeInterval(3))
        #expect(read.map(\.word) == ["record readBack", "probe new other old 0.0"])
        let works = KeyVerdict(.works, status: 200)
        let refused = KeyVerdict(.refused, status: 401)
        let probed = rotation.advance(
            .probed([.new: works, .other: works, .old: works]),
            at: start.addingTimeInterval(4)
        )
        #expect(probed.map(\.word) == ["record probed", "probeOldKey 2.0"])
        #expect(rotation.phase == .watchingOldKey)
        #expect(rotation.proof == .notProven(.oldKeyStillWorks))
        let watched = rotation.advance(.oldKeyProbed(refused), at: start.addingTimeInterval(10))
        #expect(watched.map(\.word) == ["record oldKeyRefused"])
        #expect(rotation.oldKeyWorkedSeconds == 7)
        #expect(rotation.advance(.handOver(.copy), at: start) == [.handOver(.copy)])
        let handed = rotation.advance(.handedOver(.copy, isDone: true), at: start)
        #expect(handed.map(\.word) == ["record handedOver"])
        let finished = rotation.advance(.finish, at: start)
        #expect(finished.map(\.word) == ["record ended", "forget"])
        #expect(rotation.outcome == .proven)
        guard case .record(let last) = finished[0] else { return }
        #expect(last.outcome == .proven)
        #expect(last.number == 10)
        #expect(last.requestIDs == ["q"])
        #expect(last.oldKeyWorkedSeconds == 7)
    }

    @Test func anotherNameSendsNothing() throws {
        var rotation = try confirming()
        #expect(rotation.advance(.type("chrun"), at: start) == [])
        #expect(rotation.isNameWrong)
        #expect(rotation.phase == .confirming)
    }

    @Test func whatSomebodyElseDidMeanwhileIsAConflict() throws {
        let findings: [(Precheck, RotationOutcome.Conflict)] = [
            (Precheck(try reading(1, 9), regenerations: []), .slotChanged),
            (Precheck(try reading(9, 2), regenerations: []), .otherSlotChanged),
            (Precheck(try reading(1, 2, isRunning: true), regenerations: []), .operationRunning),
            (
                Precheck(try reading(1, 2), regenerations: [KeyRegeneration(time: start, outcome: .open)]),
                .regeneratedSince
            ),
        ]
        for (precheck, conflict) in findings {
            var rotation = try confirming()
            _ = rotation.advance(.type("churn"), at: start)
            let actions = rotation.advance(.prechecked(.success(precheck)), at: start)
            #expect(actions.map(\.word) == ["record ended", "forget"])
            #expect(rotation.outcome == .conflict(conflict))
            #expect(!rotation.mayHaveSent)
        }
    }

    @Test func aRegenerationThatFailedIsNoConflict() throws {
        var rotation = try confirming()
        _ = rotation.advance(.type("churn"), at: start)
        let failed = [KeyRegeneration(time: start, outcome: .failed)]
        _ = rotation.advance(.prechecked(.success(Precheck(try reading(1, 2), regenerations: failed))), at: start)
        #expect(rotation.phase == .sending)
    }

    @Test(arguments: [
        (AzureError.Kind.readOnly(method: "POST"), RotationOutcome.nothingSent(.notSendable)),
        (.unreachable(.refused), .nothingSent(.notSendable)), (.conflict, .conflict(.operationRunning)),
    ])
    func whatNeverArrivedEndsThere(_ kind: AzureError.Kind, _ outcome: RotationOutcome) throws {
        var rotation = try sending()
        let actions = rotation.advance(.sent(.failure(AzureError(kind))), at: start)
        #expect(actions.map(\.word) == ["record ended", "forget"])
        #expect(rotation.outcome == outcome)
    }

    @Test func whatAzureRefusedIsReadBackAllTheSame() throws {
        var rotation = try sending()
        let error = AzureError(.forbidden(action: nil, scope: nil), code: "AuthorizationFailed")
        #expect(rotation.advance(.sent(.failure(error)), at: start).map(\.word) == ["record refused", "readBack 0.0"])
        _ = rotation.advance(.readBack(.success(try reading(1, 2))), at: start)
        #expect(rotation.outcome == .failedByAzure(.refused))
    }

    @Test func aLostAnswerIsDecidedByTheKeys() throws {
        var rotation = try sending()
        let lost = AzureError(.timedOut(after: .seconds(30)))
        #expect(
            rotation.advance(.sent(.failure(lost)), at: start).map(\.word) == ["record answerLost", "readBack 3.0"]
        )
        var unchanged = rotation
        for _ in 0..<Rotation.mostReadAttempts {
            _ = unchanged.advance(.readBack(.success(try reading(1, 2))), at: start)
        }
        #expect(unchanged.outcome == .failedByAzure(.answerLost))
        _ = rotation.advance(.readBack(.success(try reading(1, 3))), at: start)
        #expect(rotation.phase == .probing)
    }

    @Test func anAzureThatCannotBeReadIsUnknown() throws {
        var rotation = try sending()
        _ = rotation.advance(.sent(.success(handle)), at: start)
        _ = rotation.advance(.polled(.success(.done)), at: start)
        for _ in 0..<Rotation.mostReadAttempts {
            #expect(rotation.outcome == nil)
            _ = rotation.advance(.readBack(.failure(AzureError(.serverError))), at: start)
        }
        #expect(rotation.outcome == .unknown)
    }

    @Test func leavingIsSafeAtEachStep() throws {
        var early = try confirming()
        #expect(early.advance(.cancel, at: start).map(\.word) == ["record ended", "forget"])
        #expect(early.outcome == .nothingSent(.cancelled))
        var busy = try sending()
        #expect(busy.advance(.cancel, at: start) == [])
        #expect(busy.outcome == nil, "Azure goes on, whoever leaves")
        _ = busy.advance(.sent(.success(handle)), at: start)
        #expect(busy.advance(.cancel, at: start) == [])
        _ = busy.advance(.polled(.success(.done)), at: start)
        _ = busy.advance(.readBack(.success(try reading(1, 3))), at: start)
        #expect(busy.advance(.cancel, at: start).map(\.word) == ["record ended", "forget"])
        #expect(busy.outcome == .notProven(.notProbed))
    }

    @Test func withoutAPayloadNothingIsProbed() throws {
        var rotation = try confirming(nil)
        _ = rotation.advance(.type("churn"), at: start)
        _ = rotation.advance(.prechecked(.success(Precheck(try reading(1, 2), regenerations: nil))), at: start)
        _ = rotation.advance(.sent(.success(OperationHandle(operation: OperationName("o")))), at: start)
        let actions = rotation.advance(.readBack(.success(try reading(1, 3))), at: start)
        #expect(actions.map(\.word) == ["record readBack"])
        #expect(rotation.phase == .handingOver)
        #expect(rotation.proof == .notProven(.notProbed))
    }

    @Test func anAnswerThatComesLateChangesNothing() throws {
        var rotation = try sending()
        let before = rotation
        for event: RotationEvent in [
            .keysRead(.success(try reading(8, 9))), .choose(.primary), .type("churn"), .goBack, .finish,
            .polled(.success(.done)), .readBack(.success(try reading(8, 9))), .probed([:]),
            .oldKeyProbed(KeyVerdict(.refused)), .skipWaiting, .handOver(.copy),
        ] {
            #expect(rotation.advance(event, at: start) == [])
        }
        #expect(rotation == before)
    }

    // MARK: Going on

    private func entries(_ rotation: inout Rotation, _ events: [RotationEvent]) -> [JournalEntry] {
        events.flatMap { rotation.advance($0, at: start) }.compactMap {
            if case .record(let entry) = $0 { entry } else { nil }
        }
    }

    private func journal(upTo count: Int) throws -> [JournalEntry] {
        var rotation = fresh
        let events: [RotationEvent] = [
            .begin, .keysRead(.success(try reading(1, 2))), .choose(.secondary), .proceed, .type("churn"),
            .prechecked(.success(Precheck(try reading(1, 2), regenerations: []))), .sent(.success(handle)),
            .polled(.success(.done)), .readBack(.success(try reading(1, 3))),
        ]
        return Array(entries(&rotation, events).prefix(count))
    }

    @Test(arguments: [
        (1, Rotation.Phase.opening, "readKeys"), (2, .opening, "readKeys"), (3, .readingBack, "readBack 0.0"),
        (4, .following, "poll 0.0"), (5, .readingBack, "readBack 0.0"), (6, .readingBack, "readBack 0.0"),
    ])
    func afterEachEntryItGoesOnFromWhatAzureSays(_ count: Int, _ phase: Rotation.Phase, _ first: String) throws {
        let written = try journal(upTo: count)
        #expect(written.count == count)
        var rotation = try #require(Rotation(resuming: written, who: "next", payload: .emptyObject))
        #expect(rotation.phase == phase)
        #expect(rotation.advance(.begin, at: start).map(\.word) == [first])
        #expect(rotation.slot == .secondary)
    }

    @Test func theOldKeyIsUnknownToTheNextProcess() throws {
        var rotation = try #require(
            Rotation(resuming: try journal(upTo: 6), who: "next", payload: .emptyObject)
        )
        _ = rotation.advance(.begin, at: start)
        let actions = rotation.advance(.readBack(.success(try reading(1, 3))), at: start)
        #expect(actions.map(\.word) == ["record readBack", "probe new other 0.0"])
        let works = KeyVerdict(.works, status: 200)
        _ = rotation.advance(.probed([.new: works, .other: works]), at: start)
        #expect(rotation.verdicts[.old]?.finding == .unknown)
        #expect(rotation.proof == .notProven(.oldKeyUnknown))
    }

    @Test func aKeyThatChangedAgainWhileNobodyLookedIsAConflict() throws {
        var rotation = try #require(Rotation(resuming: try journal(upTo: 6), who: "next"))
        _ = rotation.advance(.begin, at: start)
        _ = rotation.advance(.readBack(.success(try reading(1, 4))), at: start)
        #expect(rotation.outcome == .conflict(.slotChanged))
    }

    @Test func outcomesSurviveTheJournal() {
        let outcomes: [RotationOutcome] =
            [.proven, .unknown] + RotationOutcome.ProofGap.allCases.map { .notProven($0) }
            + RotationOutcome.Reason.allCases.map { .nothingSent($0) }
            + RotationOutcome.Failure.allCases.map { .failedByAzure($0) }
            + RotationOutcome.Conflict.allCases.map { .conflict($0) }
        for outcome in outcomes {
            #expect(RotationOutcome(state: outcome.state, reason: outcome.reason) == outcome)
        }
        #expect(RotationOutcome(state: "conflict", reason: "of a later version") == nil)
    }

    @Test(arguments: [
        (200, KeyVerdict.Finding.works), (424, .works), (401, .refused), (403, .refused), (404, .inconclusive),
        (429, .inconclusive), (503, .inconclusive),
    ])
    func anAnswerTellsOfTheKeyWhatItCan(_ status: Int, _ finding: KeyVerdict.Finding) {
        #expect(KeyVerdict(ScoringAnswer(status: status)).finding == finding)
    }
}

extension RotationAction {
    /// The action in a word or two.
    var word: String {
        switch self {
        case .readKeys: "readKeys"
        case .readCallers: "readCallers"
        case .record(let entry): "record \(entry.event.rawValue)"
        case .precheck: "precheck"
        case .regenerate(let slot): "regenerate \(slot.rawValue)"
        case .poll(_, let seconds): "poll \(seconds)"
        case .readBack(let seconds): "readBack \(seconds)"
        case .probe(let roles, _, let seconds):
            "probe \(roles.map(\.rawValue).joined(separator: " ")) \(seconds)"
        case .probeOldKey(_, let seconds): "probeOldKey \(seconds)"
        case .handOver: "handOver"
        case .forget: "forget"
        }
    }
}
