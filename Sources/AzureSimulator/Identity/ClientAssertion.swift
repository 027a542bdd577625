import Crypto
import CryptoExtras
import FoundationEssentials

/// A token that a client shows instead of a secret, taken apart and not yet believed.
struct ClientAssertion: Sendable {
    let header: JSON
    let payload: JSON
    let text: String
    private let signed: String
    private let signature: [UInt8]

    /// `nil` where it is no token.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let payload = Self.object(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { return nil }
        self.text = text
        self.header = header
        self.payload = payload
        self.signature = signature
        signed = "\(parts[0]).\(parts[1])"
    }

    private static func object(_ part: Substring) -> JSON? {
        guard let bytes = Base64URL.decode(part), let json = JSON.decode(JSON.self, from: bytes), case .object = json
        else { return nil }
        return json
    }

    func text(_ claim: String) -> String? {
        if case .string(let text)? = payload.member(claim) { text } else { nil }
    }

    func seconds(_ claim: String) -> Double? {
        switch payload.member(claim) {
        case .int(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    private func headerText(_ name: String) -> String? {
        if case .string(let text)? = header.member(name) { text } else { nil }
    }

    /// The thumbprint of the certificate it names, and which kind of thumbprint.
    var thumbprint: (bytes: [UInt8], isSHA256: Bool)? {
        if let text = headerText("x5t#S256"), let bytes = Base64URL.decode(text) { return (bytes, true) }
        if let text = headerText("x5t"), let bytes = Base64URL.decode(text) { return (bytes, false) }
        return nil
    }

    /// The certificates it brings along (`x5c`), leaf first; `nil` for none.
    ///
    /// Empty where the header is not a list of base64 texts.
    var chain: [[UInt8]]? {
        guard let value = header.member("x5c") else { return nil }
        guard case .array(let items) = value else { return [] }
        let chain = items.compactMap { item -> [UInt8]? in
            guard case .string(let text) = item else { return nil }
            return Data(base64Encoded: text).map { Array($0) }
        }
        return chain.count == items.count ? chain : []
    }

    /// Whether that certificate's key made the signature, in one of the two ways a client may: RS256 with `x5t`, PS256 with
    /// `x5t#S256`.
    func isSigned(by certificate: RegisteredCertificate) -> Bool {
        let padding: _RSA.Signing.Padding
        switch (headerText("alg"), thumbprint?.isSHA256) {
        case ("PS256", true?): padding = .PSS
        case ("RS256", _?): padding = .insecurePKCS1v1_5
        default: return false
        }
        return certificate.key.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: signature),
            for: SHA256.hash(data: Data(signed.utf8)),
            padding: padding
        )
    }
}
