import AzureCore
import AzureML
import Dashboard
import TerminalUI
import TestSupport
import Testing

@Suite struct FrameTests {
    static let sizes = [(80, 24), (120, 36), (200, 60), (20, 5), (1, 1), (0, 0)]

    @Test(arguments: sizes)
    func home(_ width: Int, _ height: Int) {
        let state = Samples.state(Size(width: width, height: height))
        expect(render(state, texts: .english), matchesGolden: "home-\(width)x\(height)")
    }

    @Test(arguments: [(80, 24), (120, 36)])
    func help(_ width: Int, _ height: Int) {
        expect(after([.character("?")], width, height), matchesGolden: "help-\(width)x\(height)")
    }

    @Test(arguments: [(80, 24), (120, 36)])
    func endpointDetails(_ width: Int, _ height: Int) {
        let frame = after([.down, .down, .enter], width, height)
        expect(frame, matchesGolden: "endpoint-\(width)x\(height)")
    }

    @Test func deploymentDetails() {
        expect(after([.down, .character("2"), .enter], 120, 36), matchesGolden: "deployment-120x36")
    }

    @Test func requestDetails() {
        let frame = after([.character("5"), .down, .down, .down, .enter], 120, 36)
        expect(frame, matchesGolden: "request-120x36")
    }

    @Test(arguments: [(80, 24), (200, 60)])
    func zoomedLog(_ width: Int, _ height: Int) {
        let frame = after([.character("5"), .character("5")], width, height)
        expect(frame, matchesGolden: "log-\(width)x\(height)")
    }

    @Test func credentialsBesideTheEndpointsInANarrowTerminal() {
        expect(after([.character("4")], 80, 24), matchesGolden: "credentials-80x24")
    }

    @Test func beforeTheFirstAnswer() {
        var walk = Walkthrough(state: DashboardState(workspace: Samples.workspace, size: Size(width: 80, height: 24)))
        walk.tick()
        expect(render(walk.state, texts: .english), matchesGolden: "connecting-80x24")
    }

    @Test func troubleStandsInTheBorderOverDimmedData() {
        var walk = Walkthrough(state: Samples.state(Size(width: 120, height: 36)))
        walk.tick(after: 10)
        walk.answer(
            .endpoints,
            .failed(
                AzureError(
                    .throttled(retryAfter: .seconds(17)),
                    operation: OperationName("onlineEndpoints.list"),
                    status: 429,
                    code: "TooManyRequests"
                )
            )
        )
        walk.tick(after: 30)
        expect(render(walk.state, texts: .english), matchesGolden: "trouble-120x36")
    }

    @Test func aWrongSecretIsExplainedInThePane() {
        var walk = Walkthrough(state: DashboardState(workspace: Samples.workspace, size: Size(width: 80, height: 24)))
        walk.tick()
        walk.answer(.connection, .connected(Samples.connection))
        let error = AzureError(
            .signedOut(credential: "ClientSecretCredential"),
            operation: OperationName("onlineEndpoints.list"),
            status: 401,
            code: "AADSTS7000215",
            message: "AADSTS7000215: Invalid client secret provided.",
            requestID: "5f1e"
        )
        for source in walk.sources { walk.answer(source, .failed(error)) }
        expect(render(walk.state, texts: .english), matchesGolden: "signed-out-80x24")
    }

    @Test func noCellIsOutsideAndEveryRowIsFull() {
        for width in [1, 7, 39, 40, 79, 99, 100, 131] {
            for height in [1, 4, 5, 11, 12, 29, 30, 50] {
                let frame = render(Samples.state(Size(width: width, height: height)), texts: .english)
                for y in 0..<height {
                    #expect((0..<width).reduce(0) { $0 + frame[$1, y].width } == width, "\(width)x\(height) row \(y)")
                }
            }
        }
    }

    private func after(_ keys: [Key], _ width: Int, _ height: Int) -> CellBuffer {
        var walk = Walkthrough(state: Samples.state(Size(width: width, height: height)))
        for key in keys { walk.press(key) }
        walk.answerAll { Samples.answer(to: $0) }
        return render(walk.state, texts: .english)
    }
}
