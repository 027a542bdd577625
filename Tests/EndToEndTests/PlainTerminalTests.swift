import Testing

/// The built dashboard on terminals that can show less.
@Suite(.serialized) struct PlainTerminalTests {
    private func started(_ environment: [String: String], _ more: [String] = []) throws -> PseudoTerminal {
        try PseudoTerminal(
            amltopPath,
            arguments: ["demo", "--seed", "3"] + more,
            environment: environment,
            columns: 120,
            rows: 36
        )
    }

    /// Goes through the views; returns once each was seen.
    private func walk(through terminal: PseudoTerminal) async throws {
        try await terminal.wait(forText: "my-endpoint")
        try await terminal.wait(for: /rows . newest/)
        for (keys, text) in [("\r", "scoring URI"), ("?", "half a page up")] {
            terminal.send(keys)
            try await terminal.wait(forText: text)
            // Until it is gone: a key right behind an escape would be one with Alt.
            terminal.send("\u{1B}")
            try await terminal.wait(forTextToGo: text)
        }
        terminal.send("55")
        try await terminal.wait(forText: "REASON")
        terminal.send("\r")
        try await terminal.wait(forText: "x-request-id")
        terminal.send("\u{1B}")
        try await terminal.wait(forTextToGo: "x-request-id")
        for (keys, text) in [("5", "4 Credentials"), ("44", "control plane"), ("4", "3 Traffic")] {
            terminal.send(keys)
            try await terminal.wait(forText: text)
        }
        terminal.send("1/fraud")
        try await terminal.wait(forText: "/fraud")
    }

    @Test(arguments: [["LC_ALL": "C"], ["LC_ALL": "C", "TERM": "vt100"], ["LC_ALL": "C", "TERM": "linux"]])
    func withoutUnicodeOnlyASCIIIsSent(environment: [String: String]) async throws {
        let terminal = try started(environment)
        try await walk(through: terminal)
        #expect(outsideOfSequences(terminal.output) == [])
    }

    /// Its texts would be question marks.
    @Test func koreanNeedsUnicode() async throws {
        let terminal = try started(["LC_ALL": "C"], ["--language", "ko"])
        try await terminal.wait(forText: "1 Endpoints")
    }

    @Test(arguments: [["NO_COLOR": "1"], ["TERM": "vt100"]])
    func withoutColorsNoneIsSent(environment: [String: String]) async throws {
        let terminal = try started(environment)
        try await walk(through: terminal)
        let text = String(decoding: terminal.output, as: UTF8.self)
        for match in text.matches(of: /\u{1B}\[([0-9;:]*)m/) {
            let codes = match.1.split(separator: ";").compactMap { Int($0) }
            #expect(codes.allSatisfy { $0 < 30 || $0 == 39 || $0 == 49 }, "\(match.1)")
        }
        // What is wrong is said in words and marks.
        terminal.send("\u{1B}")
        try await terminal.wait(forText: "▲ Failed · ")
    }

    @Test func eightColorsAreEnough() async throws {
        let terminal = try started(["TERM": "xterm"])
        try await walk(through: terminal)
        let text = String(decoding: terminal.output, as: UTF8.self)
        for match in text.matches(of: /\u{1B}\[([0-9;:]*)m/) {
            let codes = match.1.split(separator: ";").compactMap { Int($0) }
            #expect(!codes.contains(38) && !codes.contains(48), "\(match.1)")
        }
    }

    /// The bytes that are neither printable ASCII nor belong to an escape sequence or a line's end.
    private func outsideOfSequences(_ output: [UInt8]) -> [UInt8] {
        var rest: [UInt8] = []
        var index = 0
        while index < output.count {
            let byte = output[index]
            index += 1
            switch byte {
            case 0x1B: index = endOfSequence(output, from: index)
            case 0x20...0x7E, 0x07, 0x08, 0x09, 0x0A, 0x0D: break
            // Shifts between two character sets, as terminals of old want them.
            case 0x0E, 0x0F: break
            default: rest.append(byte)
            }
        }
        return rest
    }

    /// ESC and one character; with `[` up to the final byte, with `(` or `)` and the set's name.
    private func endOfSequence(_ output: [UInt8], from start: Int) -> Int {
        guard start < output.count else { return start }
        switch output[start] {
        case UInt8(ascii: "["):
            var index = start + 1
            while index < output.count, !(0x40...0x7E).contains(output[index]) { index += 1 }
            return index + 1
        case UInt8(ascii: "("), UInt8(ascii: ")"): return start + 2
        default: return start + 1
        }
    }
}
