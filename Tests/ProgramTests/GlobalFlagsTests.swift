import Testing

@testable import amltop

@Suite struct GlobalFlagsTests {
    @Test func theyAreFoundBeforeAndBehindTheNameOfACommand() {
        let flags = GlobalFlags([
            "--read-only", "--context", "prod", "online-endpoint", "list", "--language=ko", "-o", "json", "--theme",
            "dark",
            "--ascii", "--utc", "--log=/tmp/l", "--debug", "--only-show-errors",
        ])
        var expected = GlobalFlags([])
        expected.isReadOnly = true
        expected.context = "prod"
        expected.language = "ko"
        expected.theme = "dark"
        expected.isASCII = true
        expected.usesUTC = true
        expected.logPath = "/tmp/l"
        expected.isDebug = true
        expected.showsOnlyErrors = true
        #expect(flags == expected)
    }

    @Test func theLastOneWinsAndNothingIsReadBehindTwoDashes() {
        #expect(GlobalFlags(["--log", "a", "--log=b"]).logPath == "b")
        #expect(GlobalFlags(["--", "--read-only"]) == GlobalFlags([]))
        #expect(GlobalFlags(["--log"]) == GlobalFlags([]))
        #expect(GlobalFlags(["--debugging", "read-only", "--contexts=x"]) == GlobalFlags([]))
    }

    @Test func theValueOfAnOptionIsNoFlag() {
        let flags = GlobalFlags(["--log", "--debug"])
        #expect(flags.logPath == "--debug" && !flags.isDebug)
    }
}
