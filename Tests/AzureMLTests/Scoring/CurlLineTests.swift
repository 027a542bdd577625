import AzureML
import Foundation
import TestSupport
import Testing

@Suite struct CurlLineTests {
    @Test func theArticlesLineIsRead() throws {
        let line = try CurlLine(
            reading: #"""
                curl --request POST "$scoringUri" --header "Authorization: Bearer $DATA_PLANE_TOKEN" \
                  --header 'Content-Type: application/json' --data @endpoints/online/model-1/sample-request.json
                """#
        )
        #expect(line.url == "$scoringUri" && line.method == "POST")
        #expect(line.headers == [.init("Content-Type", "application/json")])
        #expect(line.body == .file("endpoints/online/model-1/sample-request.json"))
        #expect(line.droppedSecrets == ["Authorization"])
    }

    @Test func shortOptionsAndQuotesAreRead() throws {
        let line = try CurlLine(
            reading:
                #"$ curl -sSXPUT -H'azureml-model-deployment: blue' -d '{"a": "it'\''s"}' -m 10 -k https://h/score"#
        )
        #expect(line.method == "PUT" && line.url == "https://h/score")
        #expect(line.header("AzureML-Model-Deployment") == "blue")
        #expect(line.body == .text(#"{"a": "it's"}"#))
        #expect(line.ignoredOptions == ["-s", "-S", "-m", "-k"])
    }

    @Test func whatABrowserCopiesIsRead() throws {
        let line = try CurlLine(
            reading:
                #"curl 'https://h/score' -H 'cookie: a=b' -u me:secret --data-raw $'{"t": "\u00e9\n"}' --compressed"#
        )
        #expect(line.method == "POST")
        #expect(line.body == .text("{\"t\": \"é\n\"}"))
        #expect(line.droppedSecrets == ["cookie", "-u"])
        #expect(!"\(line)".contains("secret"))
    }

    @Test func severalTextsAreJoinedAndJSONHasItsType() throws {
        #expect(try CurlLine(reading: "curl u -d a=1 -d b=2").body == .text("a=1&b=2"))
        let json = try CurlLine(reading: "curl u --json '{}'")
        #expect(json.header("content-type") == "application/json" && json.method == "POST")
        #expect(try CurlLine(reading: "curl u").method == "GET")
        #expect(try CurlLine(reading: "/usr/bin/curl u | jq .").url == "u")
    }

    @Test(
        arguments: [
            ("wget u", CurlLineError.notCurl), ("", .notCurl), ("curl 'u", .unterminatedQuote("'")),
            ("curl \"u", .unterminatedQuote("\"")), ("curl -X POST", .missingURL),
            ("curl u -H", .missingValue(option: "-H")),
            ("curl u -F file=@x", .unsupported(option: "-F")), ("curl u -T x", .unsupported(option: "-T")),
        ]
    )
    func whatCannotBeReadSaysWhy(_ text: String, _ error: CurlLineError) {
        #expect(throws: error) { try CurlLine(reading: text) }
    }

    @Test func whatIsWrittenIsReadBack() throws {
        var random = SplitMix(state: 7)
        let pieces = ["'", "\"", "\\", "$HOME", "`id`", "\n", "@", " ", "한", "{}", "!", "a", ";", "\t", "\u{1}"]
        func text() -> String {
            (0..<Int.random(in: 0..<9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        }
        for _ in 0..<500 {
            let line = CurlLine(
                url: "https://h/" + text(),
                headers: [.init("x-one", "v" + text().filter { !$0.isWhitespace })],
                body: .text("b" + text())
            )
            var read = try CurlLine(reading: line.shellText(credentialVariable: "AML_KEY"))
            #expect(read.droppedSecrets == ["Authorization"])
            read.droppedSecrets = []
            read.headers.removeAll { $0.name == "Content-Type" }
            #expect(read == line)
        }
    }

    @Test func aShellHandsOverWhatWasMeant() throws {
        let body = "{\"a\": \"it's $HOME `id` \\\\n\"}\n@"
        let line = CurlLine(url: "https://h/score?a=1&b=2", headers: [.init("x", "y z")], body: .text(body))
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.environment = ["AML_KEY": "k 'e\" y"]
        shell.arguments = [
            "-c",
            "curl() { for word in \"$@\"; do printf '%s\\001' \"$word\"; done; }\n"
                + line.shellText(credentialVariable: "AML_KEY"),
        ]
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        shell.waitUntilExit()
        let words = String(decoding: bytes, as: UTF8.self).split(separator: "\u{1}", omittingEmptySubsequences: false)
        #expect(
            words.dropLast() == [
                "--request", "POST", "https://h/score?a=1&b=2", "--header", "Authorization: Bearer k 'e\" y",
                "--header",
                "x: y z", "--data-raw", Substring(body),
            ]
        )
    }

    @Test func pythonIsGivenTheVariableNotTheSecret() {
        let line = CurlLine(
            url: "https://h/score",
            headers: [.init("Content-Type", "application/json")],
            body: .text("\"\\\n\u{7}한")
        )
        let text = line.pythonText(credentialVariable: "AML_KEY")
        #expect(text.contains("\"Authorization\": \"Bearer \" + os.environ[\"AML_KEY\"],"))
        #expect(text.contains(#"data="\"\\\n\x07한".encode(),"#))
    }
}
