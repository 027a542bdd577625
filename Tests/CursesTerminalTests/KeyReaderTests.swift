import TerminalUI
import Testing

@testable import CursesTerminal

@Suite struct KeyReaderTests {
    private func events(_ text: String, known: [[UInt8]: Key] = [:]) -> [TerminalEvent] {
        var reader = KeyReader(knownSequences: known)
        return reader.read(Array(text.utf8)) + reader.flush()
    }

    @Test(
        arguments: [
            ("a", .character("a")), ("한", .character("한")), ("😀", .character("😀")), (" ", .character(" ")),
            ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7F}", .backspace), ("\u{8}", .backspace),
            ("\u{1B}", .escape), ("\u{3}", .control("c")), ("\u{1A}", .control("z")), ("\0", .control("@")),
            ("\u{1C}", .control("\\")), ("\u{1F}", .control("_")),
            ("\u{1B}x", .alt("x")), ("\u{1B}가", .alt("가")), ("\u{1B}\r", .alt("\r")), ("\u{1B}[", .alt("[")),
            ("\u{1B}O", .alt("O")), ("\u{1B}]", .alt("]")),
            ("\u{1B}[A", .up), ("\u{1B}OA", .up), ("\u{1B}[1;5B", .down), ("\u{1B}[a", .up), ("\u{1B}OD", .left),
            ("\u{1B}[C", .right), ("\u{1B}[H", .home), ("\u{1B}[1~", .home), ("\u{1B}[7~", .home), ("\u{1B}OF", .end),
            ("\u{1B}[4~", .end), ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[2~", .insert),
            ("\u{1B}[3~", .delete), ("\u{1B}[Z", .backTab), ("\u{1B}OM", .enter),
            ("\u{1B}OP", .function(1)), ("\u{1B}[11~", .function(1)), ("\u{1B}[[A", .function(1)),
            ("\u{1B}[15~", .function(5)), ("\u{1B}[[E", .function(5)), ("\u{1B}[17~", .function(6)),
            ("\u{1B}[21~", .function(10)), ("\u{1B}[24~", .function(12)), ("\u{1B}[1;2P", .function(13)),
            ("\u{1B}[15;5~", .function(29)), ("\u{1B}[25~", .function(13)),
        ] as [(String, Key)]
    )
    func keysAreTold(bytes: String, key: Key) {
        #expect(events(bytes) == [.key(key)])
    }

    @Test(arguments: [
        "\u{1B}[?62;4c", "\u{1B}[>0;276;0c", "\u{1B}[24;80R", "\u{1B}]11;rgb:0000/0000/0000\u{7}",
        "\u{1B}]10;rgb:ffff/ffff/ffff\u{1B}\\", "\u{1B}P>|xterm(370)\u{1B}\\", "\u{1B}[?2026;2$y",
        "\u{1B}[<0;10;5M", "\u{1B}[27;5;13~", "\u{1B}[13;2u", "\u{1B}_Gi=1;OK\u{1B}\\", "\u{1B}[99;99;99",
        "\u{1B}[99999999999999999999~",
    ])
    func answersAndUnknownSequencesAreSwallowed(bytes: String) {
        #expect(events(bytes) == [])
        #expect(events("a" + bytes) == [.key(.character("a"))])
    }

    @Test(arguments: ["\u{1B}[A", "\u{1B}OA", "\u{1B}[15~", "한", "\u{1B}[?62;4cq", "\u{1B}[200~a\u{1B}b\u{1B}[201~z"])
    func inputMayBeCutAnywhere(bytes: String) {
        let whole = events(bytes)
        let all = Array(bytes.utf8)
        for cut in 1..<all.count {
            var reader = KeyReader()
            let first = reader.read(all[..<cut])
            #expect(first + reader.read(all[cut...]) + reader.flush() == whole, "cut at \(cut)")
        }
    }

    @Test func aLoneEscapeWaitsForMore() {
        var reader = KeyReader()
        #expect(reader.read([0x1B]) == [])
        #expect(reader.patience == KeyReader.escapeDelay)
        #expect(reader.flush() == [.key(.escape)])
        #expect(reader.patience == nil)
    }

    @Test func twoEscapesAreTwoKeys() {
        #expect(events("\u{1B}\u{1B}") == [.key(.escape), .key(.escape)])
        #expect(events("\u{1B}\u{1B}[A") == [.key(.escape), .key(.up)])
    }

    @Test func keysHeldDownComeOneByOne() {
        #expect(events("\u{1B}[B\u{1B}[Bj") == [.key(.down), .key(.down), .key(.character("j"))])
    }

    @Test func aPasteIsOneEventWithPlainLineEnds() {
        let text = "one\rtwo\r\nthree\n\u{1B}[A\u{3}"
        #expect(
            events("x\u{1B}[200~\(text)\u{1B}[201~y") == [
                .key(.character("x")), .paste("one\ntwo\nthree\n\u{1B}[A\u{3}"), .key(.character("y")),
            ]
        )
        #expect(events("\u{1B}[200~\u{1B}[201~") == [.paste("")])
    }

    @Test func aPasteThatNeverEndsIsOverAfterAPause() {
        var reader = KeyReader()
        #expect(reader.read(Array("\u{1B}[200~abc\u{1B}[20".utf8)) == [])
        #expect(reader.patience == KeyReader.pasteDelay)
        #expect(reader.flush() == [.paste("abc\u{1B}[20")])
        #expect(reader.read([0x71]) == [.key(.character("q"))])
    }

    @Test func focusIsTold() {
        #expect(events("\u{1B}[I\u{1B}[O") == [.focus(true), .focus(false)])
    }

    @Test func theTerminalDatabaseAddsKeys() {
        #expect(events("\u{1B}[33;1~", known: [Array("\u{1B}[33;1~".utf8): .function(20)]) == [.key(.function(20))])
    }

    @Test func brokenBytesAreDropped() {
        var reader = KeyReader()
        #expect(
            reader.read([0xFF, 0x80, 0x61, 0xC3, 0x62, 0xED, 0xA0, 0x80, 0xC2, 0x9B, 0x63]) == [
                .key(.character("a")), .key(.character("b")), .key(.character("c")),
            ]
        )
        #expect(reader.read([0xE1]) == [] && reader.flush() == [])
    }

    @Test(arguments: 0..<300)
    func anyBytesAreReadToTheirEnd(seed: UInt64) {
        var generator = SplitMix(state: seed)
        var reader = KeyReader()
        let alphabet: [UInt8] = [0x1B, 0x5B, 0x4F, 0x5D, 0x50, 0x3B, 0x31, 0x7E, 0x41, 0xED, 0x95, 0x9C, 0x00, 0xFF]
        for _ in 0..<20 {
            let count = Int.random(in: 1...20, using: &generator)
            _ = reader.read((0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
        }
        _ = reader.flush()
        #expect(reader.patience == nil)
        #expect(reader.read([0x71]) == [.key(.character("q"))])
    }
}

/// A small random number generator that starts from a seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
