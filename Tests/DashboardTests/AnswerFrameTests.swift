@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

/// The answer as it is drawn.
@Suite struct AnswerFrameTests {
    static let cases: [(String, @Sendable () -> AnswerPanel)] = [
        ("idle", { AnswerPanel() }),
        ("ok", { AnswerSamples.panel(AnswerSamples.result, AnswerSamples.sent(clientTimeout: .seconds(60))) }),
        ("model-failed", { AnswerSamples.panel(AnswerSamples.modelFailed) }),
        ("refused", { AnswerSamples.panel(AnswerSamples.refused) }),
        ("too-slow", { AnswerSamples.panel(AnswerSamples.tooSlow, AnswerSamples.sent(clientTimeout: .seconds(60))) }),
        ("binary", { AnswerSamples.panel(AnswerSamples.image) }),
        ("empty", { AnswerSamples.panel(AnswerSamples.answer(200, by: "blue", type: nil)) }),
        ("streaming", { streaming }),
        ("unreachable", { unreachable }),
    ]

    /// Half of a stream has come.
    static var streaming: AnswerPanel {
        var panel = AnswerPanel()
        panel.begin(AnswerSamples.sent("llm-gateway", pinned: "v3", requestTimeout: .seconds(3)))
        let head = AnswerSamples.stream.headerFields
        let steps: [TransferProgress] = [.resolved, .connected, .secured, .sent, .head(status: 200, head)]
        for (index, step) in steps.enumerated() { panel.take(step, elapsed: .milliseconds(10 * index + 2)) }
        for (index, event) in AnswerSamples.events.prefix(4).enumerated() {
            panel.take(.part(Array(event.utf8)), elapsed: .milliseconds(312 + index * 40))
        }
        panel.tick(elapsed: .milliseconds(1_900))
        return panel
    }

    static var unreachable: AnswerPanel {
        var panel = AnswerPanel()
        panel.begin(AnswerSamples.sent())
        panel.take(.resolved, elapsed: .milliseconds(2))
        panel.fail(
            AzureError(.unreachable(.refused), operation: .scoring, host: "fraud-scoring.inference.ml.azure.com")
        )
        return panel
    }

    @Test(arguments: [(80, 22), (98, 56)], Language.allCases)
    func everyState(_ size: (Int, Int), _ language: Language) {
        for (name, make) in Self.cases {
            let panel = make()
            let frame = AnswerSamples.frame(size.0, size.1, language) { context, rect, frame in
                context.draw(panel, in: rect, isFocused: true, of: &frame)
            }
            let prefix = language == .korean ? "korean-" : ""
            expect(frame, matchesGolden: "\(prefix)answer-\(name)-\(size.0)x\(size.1)")
        }
    }

    @Test func everySizeIsSurvived() {
        for width in [0, 1, 7, 20, 41, 131] {
            for height in [0, 1, 3, 9, 30] {
                let size = Size(width: width, height: height)
                let context = AnswerSamples.context(size)
                for (name, make) in Self.cases {
                    var panel = make()
                    for tab in panel.tabs + [.text] {
                        panel.tab = tab
                        var frame = CellBuffer(size: size)
                        context.draw(panel, in: frame.area, isFocused: true, of: &frame)
                        let isWhole = (0..<height).allSatisfy { y in
                            (0..<width).reduce(0) { $0 + frame[$1, y].width } == width
                        }
                        if !isWhole { Issue.record("\(name) \(tab) \(width)x\(height)") }
                    }
                }
            }
        }
    }
}
