@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

/// The wizard and the journal as they are drawn.
@Suite struct RotationFrameTests {
    private static let endpoint = Samples.id("churn")
    private static let start = Samples.now.addingTimeInterval(-30)

    private func fingerprints(_ secondary: String) throws -> KeyFingerprints {
        KeyFingerprints(
            primary: try #require(KeyFingerprint(text: "77aa01c9de")),
            secondary: try #require(KeyFingerprint(text: secondary))
        )
    }

    private var callers: CallerReport {
        CallerReport(
            hours: 24,
            callers: [
                .init(
                    userAgent: "python-requests/2.32",
                    authType: "Key",
                    identity: "",
                    requests: 41_211,
                    lastSeen: Self.start
                ),
                .init(
                    userAgent: "shop/11 \u{1B}[31m",
                    authType: "AADToken",
                    identity: "1f3a97c2-0000",
                    requests: 3_902,
                    lastSeen: Self.start
                ),
            ]
        )
    }

    /// The rotation after so many of its events.
    private func state(_ count: Int, _ size: Size) throws -> DashboardState {
        var state = Samples.state(size)
        var rotation = Rotation(id: "6a1f", endpoint: Self.endpoint, who: "ci-bot (app) 1f3a")
        let handle = OperationHandle(
            operation: OperationName("o"),
            resultURL: "https://a/o",
            requestID: "6f1c29d0-1a7e-4c57"
        )
        let works = KeyVerdict(.works, status: 200, deployment: "green", milliseconds: 201)
        let events: [RotationEvent] = [
            .begin, .keysRead(.success(KeyReading(try fingerprints("9c41f0a2e7")))), .choose(.secondary),
            .callersRead(.success(callers)), .proceed, .choosePayload(.emptyObject), .type("churn"),
            .prechecked(.success(Precheck(KeyReading(try fingerprints("9c41f0a2e7")), regenerations: []))),
            .sent(.success(handle)), .polled(.success(.done)),
            .readBack(.success(KeyReading(try fingerprints("51d77be013")))),
            .probed([.new: works, .other: works, .old: works]),
            .oldKeyProbed(KeyVerdict(.refused, status: 401, milliseconds: 12)), .finish,
        ]
        var entries: [JournalEntry] = []
        for (index, event) in events.prefix(count).enumerated() {
            for action in rotation.advance(event, at: Self.start.addingTimeInterval(Double(index) * 2)) {
                if case .record(let entry) = action { entries.append(entry) }
            }
        }
        state.rotation = RotationWizard(rotation, at: Samples.now.addingTimeInterval(-4))
        state.dialog = .rotation
        state.journal.reading = JournalReading(entries: entries)
        state.journal.selected = "6a1f"
        return state
    }

    @Test(arguments: [
        (2, "slot"), (4, "callers"), (5, "name"), (9, "following"), (12, "watching"), (13, "handover"), (14, "end"),
    ])
    func steps(_ count: Int, _ name: String) throws {
        let state = try state(count, Size(width: 80, height: 24))
        expect(render(state, texts: .english), matchesGolden: "rotate-\(name)-80x24")
    }

    @Test func inALargeTerminal() throws {
        let state = try state(12, Size(width: 200, height: 60))
        expect(render(state, texts: .english), matchesGolden: "rotate-watching-200x60")
    }

    @Test func inKorean() throws {
        var state = try state(5, Size(width: 80, height: 24))
        state.language = .korean
        expect(render(state, texts: .korean), matchesGolden: "korean-rotate-name-80x24")
    }

    @Test func theJournal() throws {
        var state = try state(14, Size(width: 80, height: 24))
        state.dialog = nil
        state.views = [.journal]
        expect(render(state, texts: .english), matchesGolden: "journal-80x24")
        state.views = [.journal, .journalRotation("6a1f")]
        expect(render(state, texts: .english), matchesGolden: "journal-rotation-80x24")
    }
}
