import AzureCore
import JSONValue
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct ExpiryTimeTests {
    /// Central Europe in 2025: summer time from 30 March to 26 October, both at 01:00 UTC.
    private static let berlin = LocalZone { date in
        let isSummer = (1_743_296_400..<1_761_440_400).contains(Int(date.timeIntervalSince1970.rounded(.down)))
        return isSummer ? 7200 : 3600
    }

    @Test(arguments: [
        (JSONValue.number(JSONNumber(1_746_109_986)), 1_746_109_986.0),
        (.string("1746109986"), 1_746_109_986), (.string(" 1746109986\n"), 1_746_109_986),
        (.string("1746109986.5"), 1_746_109_986.5), (1_746_109_986.5, 1_746_109_986.5),
        (.string("2025-05-01T14:33:06Z"), 1_746_109_986), (.string("2025-05-01T14:33:06.0000000Z"), 1_746_109_986),
        (.string("2025-05-01T16:33:06+02:00"), 1_746_109_986), (.string("2025-05-01 16:33:06+02:00"), 1_746_109_986),
        (.string("2025-05-01T14:33:06"), 1_746_109_986), (.string("2025-05-01 14:33:06Z"), 1_746_109_986),
        (.string("05/01/2025 14:33:06 +00:00"), 1_746_109_986),
        (.string("05/01/2025 02:33:06 PM +00:00"), 1_746_109_986),
        (.string("05/01/2025 14:33:06 PM +00:00"), 1_746_109_986),
        (.string("05/01/2025 12:33:06 AM +00:00"), 1_746_059_586),
        (.string("2025-05-01 16:33:06.000000"), 1_746_109_986), (.string("2025-12-01 15:33:06"), 1_764_599_586),
    ])
    func everyFormNamesItsMoment(value: JSONValue, seconds: Double) {
        #expect(ExpiryTime.date(value, zone: Self.berlin)?.timeIntervalSince1970 == seconds)
    }

    @Test(arguments: [
        JSONValue.null, 0, .string("0"), -1, .string("-1"), .string(""), .string("soon"), .string("nan"),
        .string("1e9"),
        .string("inf"), true, [1_746_109_986], 1_700_000_000_000, 9_223_372_036_854_775_807, .string("1700000000000"),
        .string("99/99/2025 00:00:00 +00:00"), .string("05/01/2025 14:33:06 CET"), .string("2025-05-01"),
        .string(String(repeating: "1", count: 1000)),
    ])
    func whatNamesNoMomentIsUnknown(_ value: JSONValue) {
        #expect(ExpiryTime.date(value, zone: Self.berlin) == nil)
        #expect(ExpiryTime.date(nil as JSONValue?) == nil)
    }

    @Test func aTimeShownTwiceIsTheEarlierMoment() {
        // 00:30 UTC in summer time; an hour later the clock shows the same again.
        #expect(
            ExpiryTime.date("2025-10-26 02:30:00.000000", zone: Self.berlin)
                == Date(timeIntervalSince1970: 1_761_438_600)
        )
        #expect(
            ExpiryTime.date("2025-10-26 03:00:00.000000", zone: Self.berlin)
                == Date(timeIntervalSince1970: 1_761_444_000)
        )
        #expect(
            ExpiryTime.date("2025-10-26 01:59:59.000000", zone: Self.berlin)
                == Date(timeIntervalSince1970: 1_761_436_799)
        )
    }

    @Test func aTimeLeftOutIsReadByTheClockAsItWas() {
        #expect(
            ExpiryTime.date("2025-03-30 02:30:00.000000", zone: Self.berlin)
                == Date(timeIntervalSince1970: 1_743_298_200)
        )
        #expect(
            ExpiryTime.date("2025-03-30 03:00:00.000000", zone: Self.berlin)
                == Date(timeIntervalSince1970: 1_743_296_400)
        )
    }

    @Test func everyHourOfAYearComesBackThroughTheWallClock() {
        var readTwice = 0
        for hour in 0..<8_760 {
            let moment = Date(timeIntervalSince1970: 1_735_689_600 + Double(hour) * 3600)
            let shown = moment.addingTimeInterval(Double(Self.berlin.secondsFromUTC(moment)))
            let text = ISO8601.text(shown).dropLast().replacing("T", with: " ")
            let read = ExpiryTime.date(text + ".000000", zone: Self.berlin)
            if read == moment.addingTimeInterval(-3600) { readTwice += 1 } else { #expect(read == moment, "\(text)") }
        }
        #expect(readTwice == 1)
    }

    @Test func theZoneOfThisMachineIsTheSystems() {
        let moment = Date(timeIntervalSince1970: 1_746_109_986)
        let wall = moment.addingTimeInterval(Double(LocalZone.system.secondsFromUTC(moment)))
        #expect(LocalZone.system.date(shownAs: wall) == moment)
    }

    @Test(arguments: [
        (JSONValue.number(JSONNumber(3599)), 3599.0 as Double?), (.string("86399"), 86_399), (.string("0"), nil),
        (0, nil),
        (-5, nil), (.string("soon"), nil), (.null, nil), (1e300, nil), (3599.5, 3599.5),
    ])
    func livesAreNumbersOrTextsOfThem(value: JSONValue, seconds: Double?) {
        #expect(ExpiryTime.lifeSeconds(value) == seconds)
    }
}
