import AzureCore
import AzureML
import Dashboard
import TerminalUI
import TestSupport
import Testing

/// The views in Korean, whose words are wider, from the largest terminal to the smallest.
@Suite struct KoreanViewFrameTests {
    static let sizes = [(80, 24), (120, 36), (200, 60), (20, 5)]

    @Test(arguments: [(200, 60), (20, 5)])
    func home(_ width: Int, _ height: Int) {
        expect(after([], width, height), matchesGolden: "korean-home-\(width)x\(height)")
    }

    @Test(arguments: [(200, 60), (20, 5)])
    func help(_ width: Int, _ height: Int) {
        expect(after([.character("?")], width, height), matchesGolden: "korean-help-\(width)x\(height)")
    }

    @Test(arguments: sizes)
    func endpointDetails(_ width: Int, _ height: Int) {
        expect(after([.down, .down, .enter], width, height), matchesGolden: "korean-endpoint-\(width)x\(height)")
    }

    @Test(arguments: sizes)
    func zoomedLog(_ width: Int, _ height: Int) {
        expect(
            after([.character("5"), .character("5")], width, height),
            matchesGolden: "korean-log-\(width)x\(height)"
        )
    }

    @Test(arguments: sizes)
    func filterPrompt(_ width: Int, _ height: Int) {
        let keys = [Key.character("/")] + "사기탐지 !실시간 p95>500ms".map { Key.character($0) }
        expect(after(keys, width, height), matchesGolden: "korean-filter-\(width)x\(height)")
    }

    @Test(arguments: sizes)
    func aFailedSource(_ width: Int, _ height: Int) {
        expect(
            render(Self.throttled(width, height), texts: .korean),
            matchesGolden: "korean-trouble-\(width)x\(height)"
        )
    }

    /// The border of a pane in trouble says what it is, how old the data is and the key that helps; at most the code is cut.
    @Test(arguments: [(80, 24), (120, 36), (200, 60)])
    func theTroubleAndWhatHelpsAreSaid(_ width: Int, _ height: Int) {
        let frame = render(Self.throttled(width, height), texts: .korean)
        let shown = (0..<height).map { frame.text(ofRow: $0) }.joined(separator: "\n")
        #expect(shown.contains(/▲ 요청이 제한됨, 17초 대기 \(TooMany\S+ · 40초 전 데이터 · F5 다시 시도/))
    }

    /// Where a terminal is small, what does not fit beside stands below.
    @Test(arguments: [[Key.down, .down, .enter], [.character("?")], [.character("/"), .character("~")]])
    func nothingIsCutInASmallTerminal(_ keys: [Key]) {
        let frame = after(keys, 20, 60)
        for y in 1..<59 {
            let line = frame.text(ofRow: y).split(separator: " ").joined(separator: " ")
            #expect(!line.hasSuffix("…"), "\(line)")
        }
    }

    private func after(_ keys: [Key], _ width: Int, _ height: Int) -> CellBuffer {
        var state = Samples.state(Size(width: width, height: height))
        state.language = .korean
        var walk = Walkthrough(state: state)
        for key in keys { walk.press(key) }
        walk.answerAll { Samples.answer(to: $0) }
        return render(walk.state, texts: .korean)
    }

    /// Data that is forty seconds old, because Azure asks for patience.
    private static func throttled(_ width: Int, _ height: Int) -> DashboardState {
        var state = Samples.state(Size(width: width, height: height))
        state.language = .korean
        var walk = Walkthrough(state: state)
        walk.tick(after: 10)
        walk.answer(
            .endpoints,
            .failed(
                AzureError(
                    .throttled(retryAfter: .seconds(17)),
                    operation: .endpointsList,
                    status: 429,
                    code: "TooManyRequests"
                )
            )
        )
        walk.tick(after: 30)
        return walk.state
    }
}
