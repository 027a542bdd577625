import Foundation

/// Looks for a text in every form in which it could lie around: as it is, in base64 wherever it begins, percent-encoded.
struct SecretSearch {
    /// A part of the secret in one encoding, long enough to be no coincidence.
    struct Needle {
        var secret: String
        var encoding: String
        var bytes: [UInt8]
    }

    let needles: [Needle]

    /// - Parameter secrets: By the names under which they are reported; each of 12 bytes or more.
    init(_ secrets: [String: String]) {
        needles = secrets.sorted { $0.key < $1.key }.flatMap { Self.needles($0.key, Array($0.value.utf8)) }
    }

    /// Which secrets are in it, and how they are written there.
    func found(in haystack: [UInt8]) -> [String] {
        needles.filter { haystack.holds($0.bytes) }.map { "\($0.secret) (\($0.encoding))" }
    }

    func found(in text: String) -> [String] { found(in: Array(text.utf8)) }

    /// In all files below a folder, hidden ones too, whatever they are called.
    func found(below folder: String) -> [String] {
        let paths = FileManager.default.subpaths(atPath: folder) ?? []
        return paths.flatMap { path -> [String] in
            let bytes = FileManager.default.contents(atPath: folder + "/" + path).map(Array.init) ?? []
            return (found(in: bytes) + found(in: path)).map { "\($0) in \(path)" }
        }
    }

    private static func needles(_ name: String, _ secret: [UInt8]) -> [Needle] {
        var needles = [Needle(secret: name, encoding: "raw", bytes: secret)]
        for alignment in 0..<3 {
            let bytes = base64(secret, alignment)
            needles.append(Needle(secret: name, encoding: "base64 at \(alignment)", bytes: bytes))
            let url = bytes.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? 0x5F : $0 }
            if url != bytes { needles.append(Needle(secret: name, encoding: "base64url at \(alignment)", bytes: url)) }
        }
        let escaped = percent(secret)
        if escaped != secret { needles.append(Needle(secret: name, encoding: "percent", bytes: escaped)) }
        return needles
    }

    /// What of a longer base64 text does not depend on what stands around the secret.
    private static func base64(_ secret: [UInt8], _ alignment: Int) -> [UInt8] {
        let encoded = Array(Data([UInt8](repeating: 0, count: alignment) + secret).base64EncodedString().utf8)
        let head = alignment == 0 ? 0 : alignment + 1
        let whole = (alignment + secret.count) / 3 * 4
        return Array(encoded[head..<whole])
    }

    private static func percent(_ secret: [UInt8]) -> [UInt8] {
        secret.flatMap { byte -> [UInt8] in
            let character = Character(Unicode.Scalar(byte))
            let isPlain = character.isASCII && (character.isLetter || character.isNumber || "-._~".contains(character))
            if isPlain { return [byte] }
            let digits = String(byte, radix: 16, uppercase: true)
            return Array(("%" + (digits.count == 1 ? "0" : "") + digits).utf8)
        }
    }
}

extension [UInt8] {
    /// Whether a run of bytes is in it.
    func holds(_ needle: [UInt8]) -> Bool {
        guard let first = needle.first, count >= needle.count else { return false }
        return withUnsafeBytes { hay in
            needle.withUnsafeBytes { needle in
                var start = 0
                let last = hay.count - needle.count
                while start <= last {
                    guard let place = hay[start...last].firstIndex(of: first) else { return false }
                    if hay[place..<place + needle.count].elementsEqual(needle) { return true }
                    start = place + 1
                }
                return false
            }
        }
    }
}
