import FoundationEssentials
import Testing

@testable import AzureSimulator

@Suite struct SupportTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00.0000000Z", 0), ("2026-11-24T05:30:00.1234567Z", 17_954_982_001_234_567),
        ("2000-02-29T23:59:59.9999999Z", 9_518_687_999_999_999), ("1969-12-31T23:59:59.0000000Z", -10_000_000),
    ])
    func timesAreWrittenAndReadToTheTick(text: String, ticks: Int64) {
        #expect(CivilTime(ticks: ticks).iso7 == text)
        #expect(CivilTime.ticks(iso: text) == ticks)
    }

    @Test(arguments: [
        ("2025-05-01", "2025-05-01T00:00:00.0000000Z"), ("2025-05-01T14:33", "2025-05-01T14:33:00.0000000Z"),
        ("2025-05-01T14:33:06+09:00", "2025-05-01T05:33:06.0000000Z"),
        ("2025-05-01T14:33:06.5Z", "2025-05-01T14:33:06.5000000Z"),
        ("2025-05-01 14:33:06.123456789", "2025-05-01T14:33:06.1234567Z"),
    ])
    func timesAreReadInTheirForms(text: String, expected: String) throws {
        #expect(CivilTime(ticks: try #require(CivilTime.ticks(iso: text))).iso7 == expected)
    }

    @Test(arguments: ["", "2025", "2025-13-01", "2025-05-01T", "2025-05-01T25:00", "2025-05-01T10:00x", "PT1H"])
    func whatIsNoTimeIsNone(text: String) {
        #expect(CivilTime.ticks(iso: text) == nil)
    }

    @Test func timesHaveTheOtherSpellingsOfAzure() {
        let time = CivilTime(ticks: CivilTime.ticks(iso: "2025-05-01T14:03:06.1234567Z") ?? 0)
        #expect(time.american == "5/1/2025 2:03:06 PM")
        #expect(time.http == "Thu, 01 May 2025 14:03:06 GMT")
        #expect(time.entra == "2025-05-01 14:03:06Z")
        #expect(time.pythonLog == "2025-05-01 14:03:06,123")
        #expect(time.compact == "20250501T140306Z")
        #expect(CivilTime(ticks: 0).american == "1/1/1970 12:00:00 AM")
    }

    @Test(arguments: [
        ("PT1H", 3_600), ("P1D", 86_400), ("PT3600.0S", 3_600), ("P1DT2H3M4S", 93_784), ("P0DT0H3M0S", 180),
    ])
    func durationsAreRead(text: String, seconds: Int64) {
        #expect(ISODuration.ticks(text) == seconds * CivilTime.ticksPerSecond)
    }

    @Test(arguments: ["", "P", "1H", "PT", "PT5", "P5H", "PTS", "PT1HT1M"])
    func whatIsNoDurationIsNone(text: String) {
        #expect(ISODuration.ticks(text) == nil)
    }

    @Test func pathsAndQueriesAreDecoded() {
        #expect(PercentCoding.decode("a%20b%2Fc+d%ED%8C%80") == "a b/c+d팀")
        let pairs = PercentCoding.pairs("$skip=20&%24filter=deployment+eq+%27*%27&flag")
        #expect(pairs.map(\.name) == ["$skip", "$filter", "flag"])
        #expect(pairs.map(\.value) == ["20", "deployment eq '*'", ""])
    }

    @Test func jsonEscapesWhatMustBeAndKeepsOrder() {
        let json: JSON = ["b": "x\"\\\n\u{1}팀", "a": [1, 2.5, true, nil], "c": [:]]
        #expect(json.text == "{\"b\":\"x\\\"\\\\\\n\\u0001팀\",\"a\":[1,2.5,true,null],\"c\":{}}")
        #expect(
            JSON.array([.double(.nan), .double(.infinity), .double(-.infinity)]).text
                == "[\"NaN\",\"Infinity\",\"-Infinity\"]"
        )
    }

    @Test func guidsAreVersionFourAndFollowFromTheirBits() {
        #expect(GUID.text(0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210) == "01234567-89ab-4def-bedc-ba9876543210")
        #expect(GUID.isValid("01234567-89ab-4def-bedc-ba9876543210"))
        #expect(!GUID.isValid("01234567-89ab-4def-bedc"))
    }

    @Test func exportLinesAreSafeForAShell() {
        #expect(Simulator.exportLines([("A", "b"), ("C", "d'e")]) == "export A='b'\nexport C='d'\\''e'\n")
    }
}
