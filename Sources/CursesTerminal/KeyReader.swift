internal import TerminalUI

/// Turns the bytes a terminal sends into events; knows neither the terminal nor the time.
///
/// Sequences nobody asked for (answers to queries, mouse reports, unknown keys) are swallowed whole, so that they never
/// arrive as letters. Input may be cut anywhere: what is incomplete waits for more, or for `flush()`.
struct KeyReader {
    /// How long after an ESC the rest of a sequence may take; later it was the Escape key.
    static let escapeDelay = Duration.milliseconds(25)
    /// How long a paste may pause before it counts as over, should the terminal forget to end it.
    static let pasteDelay = Duration.seconds(1)

    /// Keys of this terminal beyond the usual ones, by their bytes (each begins with ESC).
    let knownSequences: [[UInt8]: Key]
    private var pending: [UInt8] = []
    private var pasted: [UInt8]?

    init(knownSequences: [[UInt8]: Key] = [:]) {
        self.knownSequences = knownSequences
    }

    /// How long to wait for more before `flush()` is due; nil where nothing is incomplete.
    var patience: Duration? {
        if pasted != nil { return Self.pasteDelay }
        return pending.isEmpty ? nil : Self.escapeDelay
    }

    /// The events that end within `bytes`, together with what was incomplete before.
    mutating func read(_ bytes: some Sequence<UInt8>) -> [TerminalEvent] {
        pending.append(contentsOf: bytes)
        return decode(isFinal: false)
    }

    /// The events that what is incomplete stands for if nothing follows it.
    mutating func flush() -> [TerminalEvent] {
        var events = decode(isFinal: true)
        if let text = takePaste() { events.append(text) }
        return events
    }

    private mutating func decode(isFinal: Bool) -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        var start = 0
        while start < pending.count {
            if pasted != nil {
                guard let next = readPaste(from: start, isFinal: isFinal, into: &events) else { break }
                start = next
                continue
            }
            guard let token = token(at: start, isFinal: isFinal) else { break }
            start += token.length
            switch token.meaning {
            case .event(let event): events.append(event)
            case .pasteBegins: pasted = []
            case .nothing: break
            }
        }
        pending.removeFirst(start)
        return events
    }

    // MARK: Paste

    private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

    /// Takes pasted bytes from `start`; nil where nothing more can be taken yet.
    private mutating func readPaste(from start: Int, isFinal: Bool, into events: inout [TerminalEvent]) -> Int? {
        let rest = pending[start...]
        let end = Self.pasteEnd
        if let place = firstIndex(of: end, in: rest) {
            pasted?.append(contentsOf: rest[..<place])
            if let event = takePaste() { events.append(event) }
            return place + end.count
        }
        // The end may be cut in two: keep back what could be its beginning.
        let kept = isFinal ? 0 : (1..<end.count).last { rest.suffix($0).elementsEqual(end.prefix($0)) } ?? 0
        pasted?.append(contentsOf: rest.dropLast(kept))
        return kept == rest.count ? nil : pending.count - kept
    }

    private mutating func takePaste() -> TerminalEvent? {
        guard let bytes = pasted else { return nil }
        pasted = nil
        // Terminals send the line ends of a paste as carriage returns.
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var previous: UInt8 = 0
        for byte in bytes {
            if byte != 0x0A || previous != 0x0D { text.append(byte == 0x0D ? 0x0A : byte) }
            previous = byte
        }
        return .paste(String(decoding: text, as: UTF8.self))
    }

    private func firstIndex(of pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        var index = bytes.startIndex
        while let candidate = bytes[index...].firstIndex(of: pattern[0]) {
            if bytes[candidate...].starts(with: pattern) { return candidate }
            index = candidate + 1
        }
        return nil
    }

    // MARK: Keys

    struct Token {
        enum Meaning { case event(TerminalEvent), pasteBegins, nothing }
        var length: Int
        var meaning: Meaning

        static func key(_ key: Key?, length: Int) -> Token {
            Token(length: length, meaning: key.map { .event(.key($0)) } ?? .nothing)
        }
    }

    /// What stands at `start`; nil where its end has not arrived.
    private func token(at start: Int, isFinal: Bool) -> Token? {
        let bytes = pending[start...]
        guard bytes.first == 0x1B else { return character(in: bytes, isFinal: isFinal) { .character($0) } }
        for (sequence, key) in knownSequences where bytes.starts(with: sequence) {
            return .key(key, length: sequence.count)
        }
        guard bytes.count > 1 else { return isFinal ? .key(.escape, length: 1) : nil }
        if let token = EscapeSequence.token(in: bytes, isFinal: isFinal) { return token }
        guard isFinal || !EscapeSequence.isIntroducer(bytes[start + 1]) else { return nil }
        if bytes[start + 1] == 0x1B { return .key(.escape, length: 1) }
        guard var token = character(in: bytes.dropFirst(), isFinal: isFinal, as: { .alt($0) }) else { return nil }
        token.length += 1
        return token
    }

    /// One character or control; broken UTF-8 is dropped byte by byte.
    private func character(in bytes: ArraySlice<UInt8>, isFinal: Bool, as make: (Character) -> Key) -> Token? {
        guard let first = bytes.first else { return nil }
        if first < 0x20 || first == 0x7F {
            let plain = control(first)
            // With Alt, a control keeps its character: Alt-Enter is alt of a carriage return.
            if case .alt = make(" ") { return .key(.alt(Character(Unicode.Scalar(first))), length: 1) }
            return .key(plain, length: 1)
        }
        let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
        guard length > 0 else { return .key(nil, length: 1) }
        let tail = bytes.dropFirst().prefix(length - 1)
        guard tail.allSatisfy({ $0 & 0xC0 == 0x80 }) else { return .key(nil, length: 1) }
        guard tail.count == length - 1 else { return isFinal ? .key(nil, length: 1) : nil }
        let text = String(decoding: bytes.prefix(length), as: UTF8.self)
        guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1,
            scalar.value >= 0xA0 || length == 1
        else { return .key(nil, length: 1) }
        return .key(make(Character(scalar)), length: length)
    }

    private func control(_ byte: UInt8) -> Key {
        switch byte {
        case 0x08, 0x7F: .backspace
        case 0x09: .tab
        case 0x0A, 0x0D: .enter
        case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
        default: .control(Character(Unicode.Scalar(byte + 0x40)))
        }
    }
}
