@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import Testing

/// The wizard by its keys: every effect named, and no key of an endpoint in the state.
@Suite struct RotationWizardTests {
    private func walk(_ mode: AuthMode = .key, _ size: Size = Size(width: 80, height: 24)) -> Walkthrough {
        var state = Samples.state(size)
        state.records = state.records.map { record in
            var record = record
            record.endpoint.authMode = mode
            return record
        }
        var walk = Walkthrough(state: state)
        walk.tick()
        _ = walk.play(.rotation(.journal(JournalReading())))
        return walk
    }

    @Test func theJournalComesFirst() {
        var walk = Walkthrough(state: Samples.state(Size(width: 80, height: 24)))
        walk.tick()
        while walk.state.selectedRecord?.endpoint.authMode != .key { walk.press(.down) }
        #expect(walk.press(.character("r")) == [.rotation(.readJournal)])
        #expect(walk.state.dialog == nil)
        #expect(actions(walk.play(.rotation(.journal(JournalReading())))) == [.readKeys])
        #expect(walk.state.dialog == .rotation)
    }

    private func fingerprints(_ secondary: String = "9c41f0a2e7") throws -> KeyFingerprints {
        KeyFingerprints(
            primary: try #require(KeyFingerprint(text: "77aa01c9de")),
            secondary: try #require(KeyFingerprint(text: secondary))
        )
    }

    private func tell(_ walk: inout Walkthrough, _ event: RotationEvent) -> [RotationAction] {
        let id = walk.state.rotation?.rotation.id ?? ""
        return actions(walk.play(.rotation(.news(rotation: id, .event(event)))))
    }

    private func actions(_ effects: [Effect]) -> [RotationAction] {
        effects.flatMap { effect -> [RotationAction] in
            if case .rotation(.perform(let tasks)) = effect { tasks.map(\.action) } else { [] }
        }
    }

    /// Up to the typed name.
    private func confirming() throws -> Walkthrough {
        var walk = walk()
        #expect(actions(walk.press(.character("r"))) == [.readKeys])
        #expect(tell(&walk, .keysRead(.success(KeyReading(try fingerprints())))) == [])
        walk.press(.character("s"))
        let chosen = actions(walk.press(.enter))
        #expect(chosen.count == 2)
        #expect(chosen.last == .readCallers(hours: 24))
        #expect(tell(&walk, .callersRead(.success(CallerReport(hours: 24, callers: [])))) == [])
        walk.press(.enter)
        return walk
    }

    private func type(_ text: String, in walk: inout Walkthrough) {
        for character in text { walk.press(.character(character)) }
    }

    private func handingOver() throws -> Walkthrough {
        var walk = try confirming()
        type(walk.state.selectedEndpoint?.name ?? "", in: &walk)
        #expect(actions(walk.press(.enter)).last == .precheck(since: walk.state.serverNow))
        let precheck = Precheck(KeyReading(try fingerprints()), regenerations: [])
        #expect(tell(&walk, .prechecked(.success(precheck))).last == .regenerate(.secondary))
        let done = OperationHandle(operation: OperationName("o"))
        #expect(tell(&walk, .sent(.success(done))).last == .readBack(afterSeconds: 0))
        let probe = tell(&walk, .readBack(.success(KeyReading(try fingerprints("51d77be013")))))
        #expect(probe.last == .probe(KeyRole.allCases, .emptyObject, afterSeconds: 0))
        let works = KeyVerdict(.works, status: 200)
        _ = tell(&walk, .probed([.new: works, .other: works, .old: KeyVerdict(.refused, status: 401)]))
        #expect(walk.state.rotation?.rotation.phase == .handingOver)
        return walk
    }

    @Test(arguments: [AuthMode.amlToken, .aadToken])
    func whereThereAreNoKeysItSaysWhy(_ mode: AuthMode) {
        var walk = walk(mode)
        #expect(walk.press(.character("r")) == [])
        #expect(walk.state.dialog == nil)
        #expect(walk.state.notice?.key == .rotateNoKeys)
        #expect(walk.state.notice?.values["mode"] == mode.cliValue)
    }

    @Test func inReadOnlyModeItSaysSo() {
        var walk = walk()
        walk.state.isReadOnly = true
        #expect(walk.press(.character("r")) == [])
        #expect(walk.state.dialog == nil)
        #expect(walk.state.notice?.key == .rotateReadOnly)
    }

    @Test func thereIsNoDefaultSlot() throws {
        var walk = walk()
        walk.press(.character("r"))
        _ = tell(&walk, .keysRead(.success(KeyReading(try fingerprints()))))
        #expect(walk.press(.enter) == [])
        #expect(walk.state.rotation?.rotation.phase == .choosingSlot)
    }

    @Test func anotherNameIsNotTaken() throws {
        var walk = try confirming()
        type("something", in: &walk)
        #expect(walk.press(.enter) == [])
        #expect(walk.state.rotation?.rotation.isNameWrong == true)
    }

    @Test func fromTheFirstKeyToTheLast() throws {
        var walk = try handingOver()
        #expect(actions(walk.press(.character("y"))) == [.handOver(.copy)])
        _ = tell(&walk, .handedOver(.copy, isDone: true))
        walk.press(.character("|"))
        type("vault set", in: &walk)
        #expect(actions(walk.press(.enter)) == [.handOver(.command("vault set"))])
        let last = actions(walk.press(.enter))
        #expect(last.last == .forget)
        #expect(walk.state.rotation?.rotation.outcome == .proven)
        walk.press(.enter)
        #expect(walk.state.dialog == nil)
    }

    @Test func aRevealedKeyIsMaskedInTimeAndWhenNobodyMayLook() throws {
        let id = try #require(try handingOver().state.rotation?.rotation.id)
        _ = id
        let hiding: [(inout Walkthrough) -> [Effect]] = [
            { $0.tick(after: 10) }, { $0.play(.terminal(.focus(false))) },
            { $0.play(.terminal(.resize(Size(width: 100, height: 30)))) }, { $0.press(.control("z")) },
            { $0.press(.character("v")) }, { $0.press(.escape) },
        ]
        for hide in hiding {
            var walk = try handingOver()
            let wizard = try #require(walk.state.rotation)
            #expect(walk.press(.character("v")) == [.rotation(.reveal(rotation: wizard.rotation.id, .secondary))])
            #expect(walk.state.revealedKeyArea(texts: .english) != nil)
            #expect(hide(&walk).contains(.rotation(.mask)))
            #expect(walk.state.revealedKeyArea(texts: .english) == nil)
        }
    }

    @Test func beforeTheTimeIsOverItStays() throws {
        var walk = try handingOver()
        walk.press(.character("v"))
        #expect(!walk.tick(after: 9).contains(.rotation(.mask)))
        #expect(walk.state.revealedKeyArea(texts: .english) != nil)
    }

    @Test func theRequestIsShownBeforeAnythingIsSent() throws {
        var walk = walk()
        walk.press(.character("r"))
        _ = tell(&walk, .keysRead(.success(KeyReading(try fingerprints()))))
        walk.press(.character("s"), .enter)
        #expect(walk.press(.character("d")) == [])
        let frame = render(walk.state, texts: .english)
        let screen = (0..<24).map { frame.text(ofRow: $0) }.joined(separator: "\n")
        #expect(screen.contains("{\"keyType\":\"Secondary\"}"))
        #expect(screen.contains("az ml online-endpoint regenerate-keys"))
        walk.press(.escape)
        #expect(walk.state.rotation?.showsRequest == false)
        #expect(walk.state.dialog == .rotation)
    }

    @Test func leavingBeforeSendingSaysThatNothingWasSent() throws {
        var walk = try confirming()
        #expect(actions(walk.press(.escape)).last == .forget)
        #expect(walk.state.dialog == nil)
        #expect(walk.state.notice?.key == .rotateEndCancelled)
    }

    @Test func leavingWhileAzureWorksLeavesItRunningAndTellsTheEnd() throws {
        var walk = try confirming()
        type(walk.state.selectedEndpoint?.name ?? "", in: &walk)
        walk.press(.enter)
        _ = tell(&walk, .prechecked(.success(Precheck(KeyReading(try fingerprints()), regenerations: nil))))
        #expect(walk.press(.escape) == [])
        #expect(walk.state.notice?.key == .rotateLeftRunning)
        #expect(walk.press(.character("q")) == [], "asked for twice")
        #expect(walk.state.notice?.key == .rotateQuitAgain)
        let refusal = AzureError(.conflict)
        _ = tell(&walk, .sent(.failure(refusal)))
        #expect(walk.state.notice?.key == .rotateEndOperationRunning)
        #expect(walk.press(.character("q")) == [.quit])
    }

    @Test func hiddenItComesBackWithTheSameKey() throws {
        var walk = try confirming()
        type(walk.state.selectedEndpoint?.name ?? "", in: &walk)
        walk.press(.enter)
        _ = tell(&walk, .prechecked(.success(Precheck(KeyReading(try fingerprints()), regenerations: nil))))
        let id = walk.state.rotation?.rotation.id
        walk.press(.escape)
        #expect(walk.press(.character("r")) == [])
        #expect(walk.state.dialog == .rotation)
        #expect(walk.state.rotation?.rotation.id == id)
    }

    @Test func whatAnotherProcessIsAtIsLeftAlone() throws {
        var walk = walk()
        walk.press(.character("r"))
        let id = walk.state.rotation?.rotation.id ?? ""
        #expect(walk.play(.rotation(.news(rotation: id, .heldElsewhere))) == [])
        #expect(walk.press(.escape) == [])
        #expect(walk.state.rotation == nil)
    }

    // MARK: Journal

    private func unfinished(_ endpoint: ResourceID) throws -> [JournalEntry] {
        [
            JournalEntry(
                rotation: "old",
                number: 1,
                at: Samples.now,
                who: "ci-bot",
                event: .slotChosen,
                endpoint: endpoint,
                slot: .primary,
                before: try fingerprints()
            ),
            JournalEntry(
                rotation: "old",
                number: 2,
                at: Samples.now,
                who: "ci-bot",
                event: .sending,
                endpoint: endpoint,
                slot: .primary,
                before: try fingerprints()
            ),
        ]
    }

    @Test func anUnfinishedRotationIsToldAtTheStartAndGoesOn() throws {
        var walk = walk()
        let endpoint = try #require(walk.state.selectedEndpoint)
        let reading = JournalReading(entries: try unfinished(endpoint))
        walk.state.journal = JournalState()
        #expect(walk.play(.rotation(.journal(reading))) == [])
        #expect(walk.state.notice?.key == .rotateFoundUnfinished)
        #expect(walk.press(.character("J")) == [.rotation(.readJournal)])
        #expect(walk.state.views == [.journal])
        #expect(actions(walk.press(.character("r"))) == [.readBack(afterSeconds: 0)])
        #expect(walk.state.rotation?.rotation.isResumed == true)
    }

    @Test func theJournalsTroubleIsTold() {
        var walk = walk()
        walk.state.journal = JournalState()
        _ = walk.play(.rotation(.journal(JournalReading(trouble: .corrupt))))
        #expect(walk.state.notice?.key == .journalTroubleCorrupt)
    }

    @Test func theJournalIsExportedAndCopied() throws {
        var walk = walk()
        let endpoint = try #require(walk.state.selectedEndpoint)
        _ = walk.play(.rotation(.journal(JournalReading(entries: try unfinished(endpoint)))))
        walk.press(.character("J"))
        guard case .rotation(.exportJournal(let name, let text))? = walk.press(.character("e")).first else {
            Issue.record("nothing is exported")
            return
        }
        #expect(name.hasSuffix(".md"))
        #expect(text.contains(endpoint.name))
        _ = walk.play(.rotation(.exported(path: "/state/x.md")))
        #expect(walk.state.notice?.values["path"] == "/state/x.md")
        guard case .copy(let json)? = walk.press(.character("y")).first else {
            Issue.record("nothing is copied")
            return
        }
        #expect(json.contains("\"rotation\": \"old\""))
        walk.press(.enter)
        #expect(walk.state.views.last == .journalRotation("old"))
        walk.press(.escape, .escape)
        #expect(walk.state.views == [])
    }

    @Test(arguments: Language.allCases, [(1, 1), (20, 5), (40, 10), (80, 24), (200, 60)])
    func everyStepIsDrawnAtEverySize(_ language: Language, _ size: (Int, Int)) throws {
        var walk = try handingOver()
        for key: Key in [.character("v"), .character("|"), .escape, .enter] {
            walk.press(key)
            walk.play(.terminal(.resize(Size(width: size.0, height: size.1))))
            _ = render(walk.state, texts: Catalogue(language))
        }
    }
}
