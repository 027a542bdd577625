import AzureML
import Testing

@Suite struct PayloadFileTests {
    @Test func frontMatterStandsBeforeTheBodyAsItIsSent() throws {
        let text = """
            ---
            endpoint: churn
            deployment: "blue"
            content_type: text/csv
            headers:
              X-Team: fraud
            ---
            a,b
            ---
            1,2
            """
        let file = try PayloadFile(parsing: Array(text.utf8))
        #expect(file.endpoint == "churn")
        #expect(file.deployment == "blue")
        #expect(file.contentType == "text/csv")
        #expect(file.headers.map(\.name) == ["X-Team"])
        #expect(file.headers.map(\.value) == ["fraud"])
        #expect(String(decoding: file.body, as: UTF8.self) == "a,b\n---\n1,2")
    }

    @Test func withoutFrontMatterAllIsBody() throws {
        #expect(try PayloadFile(parsing: Array("{}".utf8)).body == Array("{}".utf8))
        #expect(try PayloadFile(parsing: []).body == [])
    }

    @Test(arguments: [
        ("---\nendpoint churn\n---\n", PayloadFile.Problem.malformed(line: 2)),
        ("---\nendpoint: churn\n", .malformed(line: 2)), ("---\nkey: k\n---\n", .unknownField("key")),
        ("---\nheaders:\n  Authorization: Bearer k\n---\n", .unknownField("Authorization")),
    ])
    func aFileThatIsWrongSaysWhere(_ text: String, _ problem: PayloadFile.Problem) {
        #expect(throws: problem) { try PayloadFile(parsing: Array(text.utf8)) }
    }

    @Test func aFileThatIsNotThereIsUnreadable() {
        #expect(throws: PayloadFile.Problem.unreadable) { try PayloadFile(path: "/nowhere/x.payload") }
    }
}
