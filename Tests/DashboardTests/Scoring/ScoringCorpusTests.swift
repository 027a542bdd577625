@testable import Dashboard
import AzureML
import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

/// Payloads of real models in the form.
@Suite struct ScoringCorpusTests {
    @Test(.enabled(if: Corpus.exists, "the corpus is not here"))
    func everyPayloadLoadsIsCheckedAndLeavesAsItCame() throws {
        let folder = Corpus.folder + "/corpus/scoring"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasSuffix(".tsv") }
        #expect(names.count >= 30)
        for name in names {
            let bytes = [UInt8](try Corpus.data("corpus/scoring/\(name)"))
            var walk = Walkthrough(state: Samples.state(Size(width: 120, height: 36)))
            walk.press(.character("s"))
            let file = PayloadFile(contentType: "application/json", body: bytes)
            walk.play(.scoring(.loaded(path: name, .payload(file))))
            walk.tick(after: 1)
            let form = try #require(walk.state.scoring)
            #expect(form.body.isChecked, "\(name)")
            #expect(form.body.error == nil, "\(name)")
            #expect(form.body.isBinary == !name.hasSuffix(".json"), "\(name)")
            let sent = walk.press(.function(9)).scoring.compactMap { effect in
                if case .send(let task) = effect { task.request.body } else { nil }
            }
            #expect(sent == [bytes], "\(name)")
        }
    }
}
