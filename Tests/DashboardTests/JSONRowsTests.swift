@testable import Dashboard
import JSONValue
import TerminalUI
import TestSupport
import Testing

@Suite struct JSONRowsTests {
    private func lines(_ text: String, folding: (inout JSONRows) -> Void = { _ in }) -> [String] {
        let bytes = Array(text.utf8)
        var rows = JSONRows(bytes)
        folding(&rows)
        return (0..<rows.count).map { line in
            rows.spans(rows.index(line), of: bytes).map(\.text).joined()
        }
    }

    @Test func aMemberIsALineAndShortPlainArraysAreOne() {
        let text = #"{"a":[0.5,1e3,"x, ]"],"b":{"c":null},"d":{},"e":[ ],"f":[[1],[2]],"g":"\ud55c\u0009"}"#
        #expect(
            lines(text) == [
                "▾ {", #"    "a": [0.5, 1e3, "x, ]"],"#, #"  ▾ "b": {"#, #"      "c": null"#, "    },",
                #"    "d": {},"#,
                #"    "e": [],"#, #"  ▾ "f": ["#, "      [1],", "      [2]", "    ],", #"    "g": "한\t""#, "  }",
            ]
        )
    }

    @Test func scalarsAndSpacedTextsAreReadToo() {
        #expect(lines(" 12 ") == ["  12"])
        #expect(lines("\"a\"") == ["  \"a\""])
        #expect(
            lines("{ \"a\" : [ {\n} , true ]\n}") == ["▾ {", "  ▾ \"a\": [", "      {},", "      true", "    ]", "  }"]
        )
    }

    @Test func whatIsFoldedIsOneLine() {
        let text = #"{"a":{"b":[{"c":1}]},"d":2}"#
        #expect(lines(text) { $0.setFolded(true, 1) } == ["▾ {", #"  ▸ "a": { 1 },"#, #"    "d": 2"#, "  }"])
        #expect(lines(text) { $0.foldAll() } == ["▾ {", #"  ▸ "a": { 1 },"#, #"    "d": 2"#, "  }"])
        #expect(lines(text) { $0.setFolded(true, 0) } == ["▸ { 2 }"])
        #expect(
            lines(text) {
                $0.foldAll()
                $0.unfoldAll()
            } == lines(text)
        )
    }

    @Test func revealingOpensWhateverHidesARow() throws {
        let bytes = Array(#"{"a":{"b":[{"c":1}]},"d":2}"#.utf8)
        var rows = JSONRows(bytes)
        let all = rows.count
        rows.foldAll()
        let hidden = try #require(rows.rows.firstIndex { bytes[Int($0.value.lowerBound)] == UInt8(ascii: "1") })
        rows.reveal(hidden)
        #expect(rows.index(rows.line(of: hidden)) == hidden)
        #expect(rows.count == all)
    }

    @Test func aLongStringGoesOnAndNoEscapeIsCut() {
        for piece in [#"\u00e9"#, #"\ud83d\ude00"#, "한", #"\\"#, "ab ", "é"] {
            let text = "[" + "\"" + String(repeating: piece, count: 700) + "\",1]"
            let bytes = Array(text.utf8)
            let rows = JSONRows(bytes)
            #expect(rows.count > 4)
            var joined = ""
            for row in rows.rows.indices where [.longString, .longStringPart].contains(rows.rows[row].kind) {
                let spans = rows.spans(row, of: bytes)
                joined += spans.dropFirst().map(\.text).joined()
                #expect(rows.wholeValue(row) == 1..<bytes.count - 3)
            }
            let whole = try? JSONValue.parse(bytes)[0]?.text()
            #expect(joined == (whole ?? "") + ",")
        }
    }

    /// The lines of a value, put together, are the value again; and no folding loses a line.
    @Test func randomValuesComeBackFromTheirLines() throws {
        var random = SplitMix(state: 11)
        for _ in 0..<300 {
            let value = Self.value(&random, depth: 0)
            let text = value.text(pretty: random.next() % 2 == 0)
            let bytes = Array(text.utf8)
            var rows = JSONRows(bytes)
            var joined = ""
            for line in 0..<rows.count {
                let row = rows.index(line)
                let spans = rows.spans(row, of: bytes)
                // The first span is the margin, of what folds the second one the mark.
                joined += spans.dropFirst(rows.rows[row].kind == .open ? 2 : 1).map(\.text).joined()
            }
            #expect(try JSONValue.parse(joined) == value)
            for _ in 0..<6 where rows.rows.count > 1 {
                let row = Int(random.next() % UInt64(rows.rows.count))
                rows.setFolded(random.next() % 2 == 0, rows.owner(row))
                for line in 0..<rows.count { #expect(rows.line(of: rows.index(line)) == line) }
            }
        }
    }

    static func value(_ random: inout SplitMix, depth: Int) -> JSONValue {
        switch random.next() % (depth > 4 ? 5 : 8) {
        case 0: return .null
        case 1: return .bool(random.next() % 2 == 0)
        case 2: return .number(JSONNumber(Int(truncatingIfNeeded: random.next() % 2_000) - 1_000))
        case 3: return JSONNumber(Double(random.next() % 100_000) / 997).map(JSONValue.number) ?? .null
        case 4:
            let words = ["", "한국어", "a\"b\\c", "\u{1B}[31m", "\u{202E}x", "😀", String(repeating: "lang ", count: 300)]
            return .string(words[Int(random.next() % UInt64(words.count))])
        case 5: return .array((0..<Int(random.next() % 12)).map { _ in .number(JSONNumber(Int(random.next() % 9))) })
        case 6: return .array((0..<Int(random.next() % 5)).map { _ in value(&random, depth: depth + 1) })
        default:
            return .object(
                JSONObject(
                    (0..<Int(random.next() % 5)).map { number in
                        JSONObject.Member(name: "k\(number)", value: value(&random, depth: depth + 1))
                    }
                )
            )
        }
    }
}
