@testable import Dashboard
import AzureCore
import AzureML
import FoundationEssentials
import JSONValue
import TerminalUI
import Testing

/// Where the form's body comes from, and where it goes.
@Suite struct ScoringBodyTests {
    private static let endpoint = Samples.id("churn")

    private func opened() -> Walkthrough {
        var walk = Walkthrough(state: Samples.state(Size(width: 160, height: 48)))
        walk.state.selectedEndpoint = Self.endpoint
        walk.press(.character("s"))
        walk.play(.scoring(.consent(.no)))
        walk.play(.scoring(.history(Self.endpoint, [])))
        return walk
    }

    private func type(_ text: String, into walk: inout Walkthrough) {
        for character in text { walk.press(.character(character)) }
    }

    @Test(arguments: BodyPreset.allCases)
    func everyPresetIsJSON(_ preset: BodyPreset) throws {
        let value = try JSONValue.parse(preset.text)
        #expect(value.objectValue?.members.isEmpty == false)
        var walk = opened()
        let source = BodySource.preset(preset)
        walk.press(.function(3))
        walk.press(.character(source.key))
        #expect(walk.state.scoring?.body.editor.text == preset.text)
        #expect(walk.state.scoring?.body.check?.error == nil)
        #expect(walk.state.scoring?.path.text == (preset == .chat ? "/v1/chat/completions" : "/score"))
        // What was there before is an undo away.
        walk.press(.alt("u"))
        #expect(walk.state.scoring?.body.isEmpty == true)
    }

    @Test func theKeysOfTheMenuAreTellable() {
        #expect(Set(BodySource.all.map(\.key)).count == BodySource.all.count)
        #expect(Set(ScoringCopy.allCases.map(\.key)).count == ScoringCopy.allCases.count)
    }

    @Test func aSkeletonComesFromTheSwagger() {
        var walk = opened()
        walk.press(.function(3))
        let effects = walk.press(.character("s")).scoring
        #expect(effects == [.readSchema(Self.endpoint, .primary, allowsPlainHTTP: false)])
        walk.play(.scoring(.schema(Self.endpoint, .skeleton("{\n  \"data\": []\n}"))))
        #expect(walk.state.scoring?.body.editor.text == "{\n  \"data\": []\n}")
        // Not asked for: not taken.
        walk.play(.scoring(.schema(Self.endpoint, .skeleton("{}"))))
        #expect(walk.state.scoring?.body.editor.text != "{}")
    }

    @Test func aSwaggerThatIsNotThereIsSaid() {
        var walk = opened()
        walk.press(.function(3), .character("s"))
        walk.play(.scoring(.schema(Self.endpoint, .failed(AzureError(.notFound(.other), status: 404)))))
        #expect(walk.state.notice?.key == .scoringSchemaFailed)
        #expect(walk.state.scoring?.body.isEmpty == true)
    }

    @Test func aPayloadFileBringsItsFrontMatter() throws {
        var walk = opened()
        walk.press(.function(3))
        #expect(walk.press(.character("f")).scoring == [.listFiles])
        walk.play(.scoring(.files([PayloadEntry(path: "a.payload", byteCount: 9)])))
        #expect(walk.press(.enter).scoring == [.load(path: "a.payload")])
        let text = "---\ndeployment: green\ncontent_type: text/csv\nheaders:\n  X-A: 1\n---\n1,2\n"
        walk.play(.scoring(.loaded(path: "a.payload", .payload(try PayloadFile(parsing: Array(text.utf8))))))
        #expect(walk.state.scoring?.body.editor.text == "1,2\n")
        #expect(walk.state.scoring?.contentType.text == "text/csv")
        #expect(walk.state.scoring?.pinned == "green")
        #expect(walk.state.scoring?.headers.map(\.name) == ["X-A"])
        #expect(walk.state.scoring?.isDirty == false)
    }

    @Test func aFileThatCannotBeReadLeavesTheFormAsItWas() {
        var walk = opened()
        type("{}", into: &walk)
        walk.play(.scoring(.loaded(path: "x.payload", .problem(.malformed(line: 3)))))
        #expect(walk.state.notice?.key == .scoringFileMalformed)
        #expect(walk.state.notice?.values == ["path": "x.payload", "line": "3"])
        #expect(walk.state.scoring?.body.editor.text == "{}")
    }

    @Test func bytesThatAreNoTextAreSentAsTheyAre() throws {
        var walk = opened()
        let bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0, 0xFF]
        walk.play(
            .scoring(.loaded(path: "cat.png", .payload(PayloadFile(contentType: "application/json", body: bytes))))
        )
        #expect(walk.state.scoring?.body.isBinary == true)
        #expect(walk.state.scoring?.contentType.text == "image/png")
        // Letters do not change what cannot be edited.
        type("xyz", into: &walk)
        let effects = walk.press(.function(9)).scoring
        guard case .send(let task)? = effects.first else {
            Issue.record("nothing was sent")
            return
        }
        #expect(task.request.body == bytes)
    }

    @Test func whatIsSavedReadsBackTheSame() throws {
        var form = ScoringForm(Self.endpoint, authMode: .key, path: "/score")
        form.pinned = "green"
        form.headers = [PayloadFile.Header("X-A", "\"it's\" 1, 2"), PayloadFile.Header("Authorization", "Bearer no")]
        for body in ["{\"a\": 1}", "", "---\nnot front matter\n---\n", "끝\n\n"] {
            form.body = ScoringBody(body)
            let read = try PayloadFile(parsing: form.fileBytes(named: "x.payload"))
            #expect(read.endpoint == "churn")
            #expect(read.deployment == "green")
            #expect(read.contentType == "application/json")
            #expect(read.headers == [PayloadFile.Header("X-A", "\"it's\" 1, 2")])
            #expect(read.body == Array(body.utf8))
            #expect(form.fileBytes(named: "x.json") == Array(body.utf8))
        }
    }

    @Test func savingOverAFileIsAskedFor() {
        var walk = opened()
        type("{}", into: &walk)
        walk.press(.function(2))
        guard case .save(let path, let bytes, false)? = walk.press(.enter).scoring.first else {
            Issue.record("nothing was to be written")
            return
        }
        #expect(path == "churn.payload")
        #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("---\n{}"))
        walk.play(.scoring(.saved(path: path, .exists)))
        guard case .save(_, _, true)? = walk.press(.enter).scoring.first else {
            Issue.record("the second Enter does not overwrite")
            return
        }
        walk.play(.scoring(.saved(path: path, .written)))
        #expect(walk.state.scoring?.overlay == nil)
        #expect(walk.state.scoring?.isDirty == false)
        #expect(walk.state.scoring?.file == "churn.payload")
    }

    @Test func aPastedCurlLineLosesItsSecretAndSaysSo() {
        var walk = opened()
        walk.press(.function(3), .character("p"))
        let line = """
            curl -X POST https://churn.koreacentral.inference.ml.azure.com/score?v=2 \\
              -H 'Authorization: Bearer canary-secret' -H 'azureml-model-deployment: blue' \\
              -H 'Content-Type: application/json' -H 'X-Trace: 7' --data '{"data": [[1]]}'
            """
        walk.play(.terminal(.paste(line)))
        walk.press(.enter)
        let form = walk.state.scoring
        #expect(form?.overlay == nil)
        #expect(form?.body.editor.text == "{\"data\": [[1]]}")
        #expect(form?.path.text == "/score?v=2")
        #expect(form?.pinned == "blue")
        #expect(form?.headers == [PayloadFile.Header("X-Trace", "7")])
        #expect(walk.state.notice?.key == .scoringCurlDropped)
        #expect(!"\(walk.state)".contains("canary-secret"))
    }

    @Test func aCurlLineForAnotherHostBringsOnlyItsBody() {
        var walk = opened()
        walk.press(.function(3), .character("p"))
        walk.play(.terminal(.paste("curl https://elsewhere.example/score -d '{}'")))
        walk.press(.enter)
        #expect(walk.state.notice?.key == .scoringCurlElsewhere)
        #expect(walk.state.scoring?.path.text == "/score")
        #expect(walk.state.scoring?.body.editor.text == "{}")
    }

    @Test func whatIsNoCurlLineIsSaidInItsPlace() {
        var walk = opened()
        walk.press(.function(3), .character("p"))
        walk.play(.terminal(.paste("wget https://x.example")))
        walk.press(.enter)
        guard case .curl(let editor, .notCurl?)? = walk.state.scoring?.overlay else {
            Issue.record("no error is shown")
            return
        }
        #expect(editor.text == "wget https://x.example")
    }

    @Test func theCopiedCurlLineReadsBackAsTheSameRequest() throws {
        var walk = opened()
        walk.state.scoring?.pinned = "blue"
        walk.state.scoring?.headers = [PayloadFile.Header("X-Note", "it's \"quoted\" $HOME")]
        type("{\"text\": \"it's $5 `now` \\\\n\"}", into: &walk)
        let body = walk.state.scoring?.body.editor.text
        walk.press(.function(7))
        guard case .copy(let text)? = walk.press(.character("c")).first else {
            Issue.record("nothing was copied")
            return
        }
        #expect(text.contains("\"Authorization: Bearer $AML_KEY\""))
        let line = try CurlLine(reading: text)
        #expect(line.url == "https://churn.koreacentral.inference.ml.azure.com/score")
        #expect(line.body == body.map { .text($0) })
        #expect(line.header("azureml-model-deployment") == "blue")
        #expect(line.header("X-Note") == "it's \"quoted\" $HOME")
    }

    @Test func formattingGoesToAndFro() {
        var walk = opened()
        walk.play(.terminal(.paste("{\"b\":[1,2],\"a\":{\"c\":null}}")))
        walk.press(.function(6))
        #expect(walk.state.scoring?.body.editor.text.contains("\n    1,\n") == true)
        walk.press(.function(6))
        #expect(walk.state.scoring?.body.editor.text == "{\"b\":[1,2],\"a\":{\"c\":null}}")
        walk.press(.alt("u"), .alt("u"))
        #expect(walk.state.scoring?.body.editor.text == "{\"b\":[1,2],\"a\":{\"c\":null}}")
    }

    @Test func findingGoesRound() {
        var walk = opened()
        walk.play(.terminal(.paste("one two\nTWO three")))
        walk.press(.alt("s"))
        type("two", into: &walk)
        walk.press(.enter)
        #expect(walk.state.scoring?.body.editor.selectedText == "two")
        walk.press(.alt("n"))
        #expect(walk.state.scoring?.body.editor.selectedText == "TWO")
        walk.press(.alt("p"))
        #expect(walk.state.scoring?.body.editor.selectedText == "two")
    }

    @Test func theEditorsTextComesBack() {
        var walk = opened()
        walk.play(.terminal(.paste("{}")))
        #expect(walk.press(.function(4)).scoring == [.edit(text: "{}", isJSON: true)])
        walk.play(.scoring(.edited(.text(Array("{\"a\": 1}".utf8)))))
        #expect(walk.state.scoring?.body.editor.text == "{\"a\": 1}")
        walk.play(.scoring(.edited(.refused(status: 1))))
        #expect(walk.state.notice?.key == .scoringEditorFailed)
        #expect(walk.state.scoring?.body.editor.text == "{\"a\": 1}")
    }

    @Test func linesOfAPasteEndAsInAFile() {
        var walk = opened()
        walk.play(.terminal(.paste("{\r\"a\": 1\r}")))
        #expect(walk.state.scoring?.body.editor.text == "{\n\"a\": 1\n}")
    }

    @Test func aLongBodyIsCheckedWhenTheClockTicks() {
        var walk = opened()
        let long = "[" + String(repeating: "1,", count: 60_000) + "oops]"
        walk.play(.terminal(.paste(long)))
        #expect(walk.state.scoring?.body.isChecked == false)
        walk.tick(after: 1)
        #expect(walk.state.scoring?.body.isChecked == true)
        #expect(walk.state.scoring?.body.error?.column == 120_002)
    }
}
