@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

/// Text that is made to break terminals, in every place where Azure's words are shown: nothing of it is obeyed, and no
/// border moves.
@Suite struct HostileFrameTests {
    private static let sizes = [
        Size(width: 80, height: 24), Size(width: 120, height: 36), Size(width: 200, height: 60),
    ]

    @Test func ourOwnList() { check(HostileTexts.all) }

    // Skipped where the corpus is absent: set AMLTOP_SHARED to the folder that holds it.
    @Test(.enabled(if: Corpus.exists))
    func theWholeCorpus() throws {
        let texts = try Corpus.hostileTexts().map(\.text)
        #expect(texts.count > 800)
        check(texts)
    }

    @Test(arguments: ["tab\there", "red\u{1B}[31m", "admin\u{202E}txt", "zero\u{200B}width"])
    func theDetailsSayThatATextIsNotShownAsItIs(_ text: String) {
        var state = state(of: text, at: Self.sizes[1])
        state.views = [.endpoint(Samples.id("hostile"))]
        let frame = render(state, texts: .english)
        #expect(rows(of: frame).contains { $0.contains("not shown as they are") })
    }

    @Test func usualTextsNeedNoSuchNote() {
        var state = state(of: "사기탐지 é — 漢字", at: Self.sizes[1])
        state.views = [.endpoint(Samples.id("hostile"))]
        #expect(!rows(of: render(state, texts: .english)).contains { $0.contains("not shown as they are") })
    }

    // MARK: Checking

    /// Each text at one of the sizes, in all scenes.
    private func check(_ texts: [String]) {
        for (offset, size) in Self.sizes.enumerated() {
            let calm = frames(of: state(of: "calm", at: size))
            for text in stride(from: offset, to: texts.count, by: Self.sizes.count).map({ texts[$0] }) {
                for (frame, calm) in zip(frames(of: state(of: text, at: size)), calm) {
                    expectNothingObeyed(in: frame, text)
                    expectBorders(of: frame, like: calm, text)
                }
            }
        }
    }

    private func frames(of state: DashboardState) -> [CellBuffer] {
        Self.scenes.map { prepare in
            var state = state
            prepare(&state)
            return render(state, texts: .english)
        }
    }

    private static let scenes: [@Sendable (inout DashboardState) -> Void] = [
        { _ in },
        { $0.views = [.endpoint(Samples.id("hostile"))] },
        { $0.views = [.deployment(Samples.id("hostile").appending("deployments", "blue"))] },
        { $0.views = [.logRow("request-0")] },
        { state in
            state.focus = .log
            state.isZoomed = true
        },
    ]

    /// A workspace in which every word is the text.
    private func state(of text: String, at size: Size) -> DashboardState {
        var walk = Walkthrough(state: DashboardState(workspace: Samples.workspace, size: size))
        walk.tick()
        walk.answerAll { answer(to: $0, text) }
        walk.tick(after: 11)
        var error = AzureError(
            .badRequest,
            operation: .deploymentsList,
            status: 400,
            code: text,
            message: text,
            host: text
        )
        error.innerDetails = [AzureError.Detail(code: text, message: text)]
        let deployments = Source.deployments(of: Samples.id("hostile"))
        if walk.isOpen(deployments) { walk.answer(deployments, .failed(error)) }
        return walk.state
    }

    private func answer(to request: Request, _ text: String) -> Answer {
        switch Samples.answer(to: request) {
        case .endpoints: .endpoints(page: [endpoint(text)], isLast: true)
        case .fleet: .failed(AzureError(.forbidden(action: nil, scope: nil)))
        case .endpoint: .endpoint(endpoint(text))
        case .deployments: .deployments([deployment(text)])
        case .lastOperation: .lastOperation(OperationStatus(status: text, errorCode: text, errorMessage: text))
        case .trafficLog: .trafficLog((0..<6).map { row($0, text) }, from: request.from ?? Samples.now)
        case let usual: usual
        }
    }

    private func endpoint(_ text: String) -> OnlineEndpoint {
        var endpoint = Samples.endpoint(
            "hostile",
            .unknown(text),
            .failed,
            traffic: [text: 100],
            operationURL: "https://x/1"
        )
        endpoint.name = text
        endpoint.location = text
        endpoint.endpointDescription = text
        endpoint.tags = [text: text]
        endpoint.scoringURI = text
        endpoint.systemData?.createdBy = text
        return endpoint
    }

    private func deployment(_ text: String) -> OnlineDeployment {
        var deployment = Samples.deployment("blue", of: "hostile")
        deployment.name = text
        deployment.instanceType = text
        deployment.model = text
        deployment.environmentID = text
        deployment.tags = [text: text]
        deployment.provisioningState = .unknown(text)
        return deployment
    }

    private func row(_ number: Int, _ text: String) -> TrafficLogRow {
        TrafficLogRow(
            time: Samples.now.addingTimeInterval(-Double(number)),
            endpointName: text,
            deploymentName: text,
            method: text,
            path: text,
            responseCode: 503,
            responseReason: text,
            userAgent: text,
            requestID: "request-\(number)",
            authType: text,
            identity: text,
            resourceID: Samples.id("hostile")
        )
    }

    private func expectNothingObeyed(in frame: CellBuffer, _ text: String) {
        for y in 0..<frame.size.height {
            var width = 0
            for x in 0..<frame.size.width {
                let cell = frame[x, y]
                width += cell.width
                if (0x20...0x7E).contains(cell.base), cell.firstMark == 0 { continue }
                let scalars = [cell.base, cell.firstMark, cell.secondMark].filter { $0 != 0 }
                guard scalars.contains(where: Self.isForbidden) else { continue }
                Issue.record("\(scalars.map { String($0, radix: 16) }) of \(text.debugDescription)")
            }
            if width != frame.size.width { Issue.record("a torn row with \(text.debugDescription)") }
        }
    }

    private static func isForbidden(_ value: UInt32) -> Bool {
        guard let scalar = Unicode.Scalar(value) else { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return true
        default: return scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// Upright lines and corners stand where they stand around a calm text; only the marks of columns out of sight may
    /// take the place of a line.
    private func expectBorders(of frame: CellBuffer, like calm: CellBuffer, _ text: String) {
        for y in 0..<frame.size.height {
            for x in 0..<frame.size.width
            where Self.borders.contains(calm[x, y].base) && frame[x, y].base != calm[x, y].base
                && !Self.columnMarks.contains(frame[x, y].base)
            {
                Issue.record("the border is torn at \(x), \(y) by \(text.debugDescription): \(frame.text(ofRow: y))")
                return
            }
        }
    }

    private static let borders = Set("│╭╮╰╯".unicodeScalars.map(\.value))
    private static let columnMarks = Set("◂▸".unicodeScalars.map(\.value))

    private func rows(of frame: CellBuffer) -> [String] { (0..<frame.size.height).map { frame.text(ofRow: $0) } }
}
