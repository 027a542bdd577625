/// Percent-encoding of what goes into a URL or a form.
public enum PercentEncoding {
    /// The text with every `%41` read; anything else stays as it is.
    static func decoded(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A path whose slashes separate.
    public static func path(_ text: String) -> String { encode(text, keeping: "/-._~:@!$&'()*+,;=") }

    /// One value of a query or of a form.
    public static func query(_ text: String) -> String { encode(text, keeping: "-._~") }

    /// A body of `application/x-www-form-urlencoded`.
    public static func form(_ fields: [(name: String, value: String)]) -> String {
        fields.map { "\(query($0.name))=\(query($0.value))" }.joined(separator: "&")
    }

    private static func encode(_ text: String, keeping punctuation: String) -> String {
        let punctuation = Array(punctuation.utf8)
        var encoded = ""
        for byte in text.utf8 {
            if byte.isASCIIAlphanumeric || punctuation.contains(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += byte < 16 ? "%0" : "%"
                encoded += String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}

extension UInt8 {
    fileprivate var isASCIIAlphanumeric: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
