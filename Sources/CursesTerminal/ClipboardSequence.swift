/// The bytes that ask a terminal to put a text on its clipboard: OSC 52, in the wrapping that a multiplexer between the
/// program and the terminal wants.
///
/// tmux gets both ways: the plain sequence, which it obeys with `set-clipboard on`, and its passthrough, which it
/// obeys with `allow-passthrough on`; what it does not obey, it drops. GNU screen gets its passthrough alone, in short
/// pieces: it prints the rest of a plain sequence that is longer than its buffer, and the text may be a secret.
struct ClipboardSequence: Hashable, Sendable {
    enum Multiplexer: Hashable, Sendable {
        case none, tmux, screen

        /// The innermost one, as far as the environment tells. Where it does not, the one that drops what it does not
        /// know gets the other one's sequence.
        init(type: String, isInTmux: Bool, isInScreen: Bool) {
            if type.hasPrefix("tmux") {
                self = .tmux
            } else if isInScreen {
                self = .screen
            } else if isInTmux {
                self = .tmux
            } else {
                self = type.hasPrefix("screen") ? .screen : .none
            }
        }
    }

    /// Most bytes of base64 that are sent: some terminals cut longer ones, and a part of a text is worse than none.
    static let limit = 74_994
    /// Bytes in one of the pieces for GNU screen, whose oldest buffer holds 256.
    static let pieceLength = 200

    let bytes: [UInt8]

    /// Nil where the text is too long.
    init?(_ text: String, through multiplexer: Multiplexer) {
        let encoded = Self.base64(text.utf8)
        guard encoded.count <= Self.limit else { return nil }
        let plain = Array("\u{1B}]52;c;".utf8) + encoded + [0x07]
        switch multiplexer {
        case .none: bytes = plain
        case .tmux: bytes = plain + Array("\u{1B}Ptmux;\u{1B}".utf8) + plain + Array("\u{1B}\\".utf8)
        case .screen:
            var pieces: [UInt8] = []
            for start in stride(from: 0, to: plain.count, by: Self.pieceLength) {
                let piece = plain[start..<min(start + Self.pieceLength, plain.count)]
                pieces += Array("\u{1B}P".utf8) + piece + Array("\u{1B}\\".utf8)
            }
            bytes = pieces
        }
    }

    private static func base64(_ bytes: some Collection<UInt8>) -> [UInt8] {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        var rest = bytes[...]
        while !rest.isEmpty {
            let group = rest.prefix(3)
            rest = rest.dropFirst(3)
            let filled = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
            for place in 0..<4 {
                let digit = digits[Int(filled >> (18 - 6 * UInt32(place)) & 0x3F)]
                result.append(place <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return result
    }
}
