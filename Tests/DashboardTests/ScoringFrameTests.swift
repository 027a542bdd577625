@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

/// The form as it is drawn.
@Suite struct ScoringFrameTests {
    private static let endpoint = Samples.id("fraud-scoring")

    private func state(_ width: Int, _ height: Int, _ language: Language = .english) -> DashboardState {
        var walk = Walkthrough(state: Samples.state(Size(width: width, height: height)))
        walk.state.language = language
        walk.state.selectedEndpoint = Self.endpoint
        walk.press(.character("s"))
        walk.play(.scoring(.consent(.no)))
        walk.play(.scoring(.history(Self.endpoint, [])))
        walk.play(.terminal(.paste("{\n  \"data\": [\n    [1, 2.5, \"서울\"],\n    [3, null, {\"a\": true}]\n  ]\n}")))
        walk.press(.up, .end)
        return walk.state
    }

    private func pressing(_ keys: Key..., in state: DashboardState) -> DashboardState {
        var walk = Walkthrough(state: state)
        for key in keys { walk.press(key) }
        return walk.state
    }

    @Test(arguments: [(80, 24), (120, 36), (200, 60)])
    func theForm(_ width: Int, _ height: Int) {
        expect(render(state(width, height), texts: .english), matchesGolden: "score-\(width)x\(height)")
        let korean = state(width, height, .korean)
        expect(render(korean, texts: .korean), matchesGolden: "korean-score-\(width)x\(height)")
    }

    @Test func aChoiceIsBeingMade() {
        let choosing = pressing(.backTab, .backTab, .backTab, .backTab, .backTab, .backTab, .right, in: state(80, 24))
        #expect(choosing.scoring?.part == .deployment)
        expect(render(choosing, texts: .english), matchesGolden: "score-choosing-80x24")
    }

    @Test func whatIsNoJSONIsShownInItsPlace() {
        let wrong = pressing(.character("}"), .character("}"), in: state(80, 24))
        #expect(wrong.scoring?.body.error != nil)
        expect(render(wrong, texts: .english), matchesGolden: "score-error-80x24")
    }

    @Test func theMenusAndLines() {
        let form = state(80, 24)
        for (name, keys) in [
            ("sources", [Key.function(3)]), ("copy", [.function(7)]), ("save", [.function(2)]),
            ("help", [.function(1)]), ("curl", [.function(3), .character("p")]), ("lanes", [.function(8)]),
        ] {
            var walk = Walkthrough(state: form)
            for key in keys { walk.press(key) }
            expect(render(walk.state, texts: .english), matchesGolden: "score-\(name)-80x24")
            walk.state.language = .korean
            expect(render(walk.state, texts: .korean), matchesGolden: "korean-score-\(name)-80x24")
        }
    }

    @Test func bytesAreShownAsHex() {
        var walk = Walkthrough(state: state(80, 24))
        let bytes = (0..<200).map { UInt8($0 &* 7 & 0xFF) } + [0xFF, 0]
        let file = PayloadFile(contentType: "image/png", body: bytes)
        walk.play(.scoring(.loaded(path: "cat.png", .payload(file))))
        expect(render(walk.state, texts: .english), matchesGolden: "score-binary-80x24")
    }

    /// Down to nothing it draws inside the frame, and the cursor stands in it.
    @Test(arguments: [(0, 0), (1, 1), (3, 2), (20, 5), (19, 9), (40, 12), (119, 13), (500, 1)])
    func noSizeBreaksIt(_ width: Int, _ height: Int) {
        let form = state(width, height)
        for part in ScoringForm.Part.allCases {
            for overlay in [
                nil, ScoringOverlay.help(top: 2), .sources(selected: 3), .headers(TextEditor("a: b"), wrongLine: 0),
            ] {
                var form = form
                form.scoring?.part = part
                form.scoring?.overlay = overlay
                let frame = render(form, texts: .english)
                #expect(frame.cursor.map { frame.area.contains($0) } ?? true)
            }
        }
    }
}
