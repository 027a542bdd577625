import AzureCore
import AzureML
import Dashboard
import TerminalUI
import TestSupport
import Testing

@Suite struct KoreanFrameTests {
    static let sizes = [(80, 24), (120, 36)]

    @Test(arguments: sizes)
    func home(_ width: Int, _ height: Int) {
        expect(render(sample(width, height), texts: .korean), matchesGolden: "korean-home-\(width)x\(height)")
    }

    @Test(arguments: sizes)
    func help(_ width: Int, _ height: Int) {
        var walk = Walkthrough(state: sample(width, height))
        walk.press(.character("?"))
        expect(render(walk.state, texts: .korean), matchesGolden: "korean-help-\(width)x\(height)")
    }

    @Test(arguments: sizes)
    func signedOut(_ width: Int, _ height: Int) {
        expect(
            render(Self.signedOut(width, height), texts: .korean),
            matchesGolden: "korean-signed-out-\(width)x\(height)"
        )
    }

    @Test(arguments: [Key.enter, .character("4"), .character("5")])
    func noCellIsOutsideAndEveryRowIsFull(_ key: Key) {
        for width in [1, 7, 39, 40, 79, 80, 99, 100, 131] {
            for height in [1, 4, 5, 11, 12, 24, 29, 30, 50] {
                var walk = Walkthrough(state: sample(width, height))
                walk.press(key)
                expectFullRows(walk.state)
                walk.press(.character("?"))
                expectFullRows(walk.state)
                expectFullRows(Self.signedOut(width, height))
            }
        }
    }

    /// At 80×24 Korean shows the columns and the footer that English does.
    @Test func nothingGivesWayToWiderWords() {
        let state = sample(80, 24)
        let titles: [TextKey] = [
            .columnName, .columnAuth, .columnState, .columnTraffic, .columnRequestRate, .columnErrorShare, .columnP95,
        ]
        for texts in [Catalogue.english, .korean] {
            let frame = render(state, texts: texts)
            for title in titles { #expect(frame.text(ofRow: 2).contains(texts[title]), "\(title.rawValue)") }
            for word in [TextKey.footerOpen, .footerFilter, .footerScore, .footerHelp, .footerQuit] {
                #expect(frame.text(ofRow: 23).contains(texts[word]), "\(word.rawValue)")
            }
        }
    }

    private func expectFullRows(_ state: DashboardState) {
        let frame = render(state, texts: .korean)
        #expect(frame.size == state.size)
        for y in 0..<state.size.height {
            let width = (0..<state.size.width).reduce(0) { $0 + frame[$1, y].width }
            #expect(width == state.size.width, "\(state.size) row \(y)")
        }
    }

    private func sample(_ width: Int, _ height: Int) -> DashboardState {
        var state = Samples.state(Size(width: width, height: height))
        state.language = .korean
        return state
    }

    /// A wrong secret: the sign-in works for nobody.
    private static func signedOut(_ width: Int, _ height: Int) -> DashboardState {
        var state = DashboardState(workspace: Samples.workspace, size: Size(width: width, height: height))
        state.language = .korean
        var walk = Walkthrough(state: state)
        walk.tick()
        walk.answer(.connection, .connected(Samples.connection))
        let error = AzureError(
            .signedOut(credential: "ClientSecretCredential"),
            operation: .endpointsList,
            status: 401,
            code: "AADSTS7000215",
            message: "AADSTS7000215: Invalid client secret provided.",
            requestID: "5f1e"
        )
        for source in walk.sources { walk.answer(source, .failed(error)) }
        return walk.state
    }
}
