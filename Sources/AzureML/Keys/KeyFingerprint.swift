public import AzureCore
import Crypto

/// A short name for a key that tells two keys of an endpoint apart and gives neither away.
///
/// The first ten hexadecimal digits of SHA-256 over `amltop-key-v1`, a zero byte, the endpoint's id in lower case, a zero
/// byte, and the key.
public struct KeyFingerprint: Hashable, Sendable, CustomStringConvertible {
    /// Ten hexadecimal digits in lower case.
    public let text: String

    public init(of key: Secret, endpoint: ResourceID) {
        var hash = SHA256()
        hash.update(data: Array("amltop-key-v1".utf8) + [0] + Array(endpoint.lowercased.utf8) + [0])
        key.withText { hash.update(data: Array($0.utf8)) }
        text = hash.finalize().prefix(Self.length / 2).map(Self.hexadecimal).joined()
    }

    /// One that was written down; nil where it is none.
    public init?(text: String) {
        guard text.utf8.count == Self.length, text.utf8.allSatisfy(Self.isDigit) else { return nil }
        self.text = text
    }

    public var description: String { text }

    private static let length = 10

    private static func hexadecimal(_ byte: UInt8) -> String {
        String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}

extension EndpointKeys {
    /// The fingerprints of both keys of an endpoint.
    public func fingerprints(of endpoint: ResourceID) -> [KeySlot: KeyFingerprint] {
        var fingerprints: [KeySlot: KeyFingerprint] = [:]
        for slot in KeySlot.allCases { fingerprints[slot] = KeyFingerprint(of: self[slot], endpoint: endpoint) }
        return fingerprints
    }
}
