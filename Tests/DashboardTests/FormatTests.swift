import Dashboard
import FoundationEssentials
import Testing

@Suite struct FormatTests {
    @Test(arguments: [
        (0.0, 1, "0.0"), (132.44, 1, "132.4"), (0.05, 1, "0.1"), (-0.04, 1, "0.0"), (-1.25, 2, "-1.25"), (7.0, 0, "7"),
        (0.005, 2, "0.01"), (99.99, 1, "100.0"), (.infinity, 1, "–"), (.nan, 0, "–"),
    ])
    func decimals(_ value: Double, _ digits: Int, _ text: String) {
        #expect(Format.decimal(value, digits: digits) == text)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1 000"), (11_903, "11 903"), (1_234_567, "1 234 567"), (-1_000, "-1 000"),
    ])
    func counts(_ value: Int, _ text: String) {
        #expect(Format.count(value) == text)
    }

    @Test(arguments: [
        (0.4, "0 ms"), (84.0, "84 ms"), (999.4, "999 ms"), (999.6, "1.0 s"), (1_234.0, "1.2 s"), (61_000.0, "61.0 s"),
    ])
    func milliseconds(_ value: Double, _ text: String) {
        #expect(Format.milliseconds(value) == text)
    }

    @Test(arguments: [
        (-5.0, "00:00"), (0.0, "00:00"), (0.2, "00:01"), (59.0, "00:59"), (192.0, "03:12"), (3_599.5, "1:00:00"),
        (6_067.0, "1:41:07"), (360_000.0, "100:00:00"),
    ])
    func countdowns(_ seconds: Double, _ text: String) {
        #expect(Format.countdown(seconds) == text)
    }

    @Test(arguments: [
        (0.0, "0 s", "0초"), (59.9, "59 s", "59초"), (60.0, "1 min", "1분"),
        (3_600.0, "1 h", "1시간"), (86_400.0 * 12, "12 d", "12일"), (-3.0, "0 s", "0초"),
    ])
    func spans(_ seconds: Double, _ english: String, _ korean: String) {
        #expect(Catalogue.english.span(seconds) == english)
        #expect(Catalogue.korean.span(seconds) == korean)
    }

    @Test(arguments: [
        (0.0, 0, "1970-01-01 00:00:00"), (-1.0, 0, "1969-12-31 23:59:59"), (951_782_400.0, 0, "2000-02-29 00:00:00"),
        (1_764_000_000.0, 9 * 3_600, "2025-11-25 01:00:00"), (4_107_542_399.0, 0, "2100-02-28 23:59:59"),
        (1_764_000_000.0, -12 * 3_600, "2025-11-24 04:00:00"),
    ])
    func datesInAZone(_ seconds: Double, _ offset: Int, _ text: String) {
        let date = Date(timeIntervalSince1970: seconds)
        #expect(Format.dateTime(date, in: ZoneOffset(seconds: offset, abbreviation: "")) == text)
    }
}
